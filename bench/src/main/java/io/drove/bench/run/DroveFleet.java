package io.drove.bench.run;

import io.drove.bench.cluster.DroveApp;
import io.drove.bench.engine.EngineCalls;
import java.util.List;
import java.util.Set;

/** Drove's app; the engine is asked only which container is whose. */
record DroveFleet(DroveApp app, EngineCalls engine) implements Fleet {
    @Override
    public String owner() {
        return "Drove";
    }

    @Override
    public void scale(int members) {
        app.scale(members);
    }

    @Override
    public void replaceAll() {
        app.replaceAll();
    }

    @Override
    public boolean isFull(int members, Set<String> gone) {
        return app.isFull(members, gone);
    }

    @Override
    public List<Member> members() {
        return app.instances().stream()
                .map(instance -> new Member(instance.id(), instance.hostPort()))
                .toList();
    }

    @Override
    public String container(Member member) {
        return engine.containers("drove.instance.id=" + member.id())
                .path(0)
                .path("Id")
                .asString("");
    }

    @Override
    public void awaitRest(int members) throws InterruptedException {
        app.awaitRest(members);
    }
}
