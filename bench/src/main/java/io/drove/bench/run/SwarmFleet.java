package io.drove.bench.run;

import io.drove.bench.engine.SwarmService;
import io.drove.bench.engine.SwarmTask;
import java.util.List;
import java.util.Set;

/** Swarm's service. */
record SwarmFleet(SwarmService service) implements Fleet {
    @Override
    public String owner() {
        return "Docker Swarm";
    }

    @Override
    public void scale(int members) {
        service.scale(members);
    }

    @Override
    public void replaceAll() {
        service.replaceAll();
    }

    @Override
    public boolean isFull(int members, Set<String> gone) {
        return service.isFull(members, gone);
    }

    @Override
    public List<Member> members() {
        return service.tasks().stream()
                .map(task -> new Member(task.id(), task.hostPort()))
                .toList();
    }

    @Override
    public String container(Member member) {
        return service.tasks().stream()
                .filter(task -> task.id().equals(member.id()))
                .map(SwarmTask::container)
                .findFirst()
                .orElse("");
    }

    @Override
    public void awaitRest(int members) throws InterruptedException {
        service.awaitRest(members);
    }
}
