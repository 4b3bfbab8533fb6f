package io.drove.bench.run;

/** What can be asked for with {@code --only}, by the goal's id, in the order in which it is measured. */
public enum Section {
    /** From {@code ./drove dev} to an answering sample. */
    P15,
    /** The command line as whole processes. */
    P16,
    /** One more instance, against bare calls and Swarm. */
    P9,
    /** Ten more, one killed, all replaced, against Swarm. */
    P17,
    /** Start and memory of the servers. Last, since it stops the cluster. */
    P8
}
