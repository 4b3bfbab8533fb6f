package io.drove.bench.run;

import java.util.List;
import java.util.Set;

/** A set of like instances under somebody's control: what P17 does to Drove and to Swarm alike. */
interface Fleet {
    /** One that lives: its id and its host port. */
    record Member(String id, int hostPort) {}

    String owner();

    /** Asks for that many; returns at once. */
    void scale(int members);

    /** Asks for all to be replaced, new ones first; returns at once. */
    void replaceAll();

    /** Whether exactly that many live, all are healthy, and none is one of those. */
    boolean isFull(int members, Set<String> gone);

    List<Member> members();

    /** The id of a member's container, as the engine knows it. */
    String container(Member member);

    /** Waits until exactly that many are healthy, and nothing is under way. */
    void awaitRest(int members) throws InterruptedException;
}
