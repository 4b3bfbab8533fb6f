package io.drove.model.wire;

import io.drove.model.time.TimeSpan;

/** Limits of what users may send. Those of the original carry its number; the others are far above any sane document and bound our work. */
public final class DocumentLimits {
    /** Problems told of one document; a longer list helps nobody. */
    static final int PROBLEMS_MAX = 100;

    /** Warnings told of one document. */
    static final int WARNINGS_MAX = 100;

    /** Characters of a found value that are quoted. */
    static final int QUOTE_MAX = 80;

    /** Characters of a name or version; container names, labels and log directories are made of them. */
    static final int NAME_MAX = 128;

    /** Desired instances of CREATE and SCALE (the original's). */
    static final long INSTANCES_MAX = 2048;

    /** Instances of START_INSTANCES (the original's). */
    static final long START_INSTANCES_MAX = 1024;

    /** Parallelism of an operation (the original's). */
    static final int PARALLELISM_MAX = 512;

    /** Arguments, and characters of all of them joined by spaces (both the original's). */
    static final int ARGS_MAX = 2048;

    /** Instance ids of one STOP or REPLACE. */
    static final int INSTANCE_IDS_MAX = 4096;

    /** Ports of an app; one report of an instance with all of them must fit into a frame of the session. */
    static final int PORTS_MAX = 100;

    /** Entries of any list that has no limit of its own. */
    static final int LIST_MAX = 256;

    /** Entries of a map: environment, tags, headers, options. */
    static final int MAP_MAX = 4096;

    /** Characters of an image's name. */
    static final int IMAGE_MAX = 512;

    /** Characters of a virtual host: DNS allows no more. */
    static final int HOST_MAX = 253;

    /** Characters of an environment variable, name and value: the kernel starts no process with a longer one. */
    static final int VARIABLE_MAX = 128 * 1024 - 2;

    /** Characters of a tag's name. */
    static final int TAG_NAME_MAX = 256;

    /** Characters of a tag's value. */
    static final int TAG_VALUE_MAX = 4096;

    /** Nesting of COMPOSITE policies. */
    static final int POLICY_DEPTH_MAX = 8;

    /** Policies of a spec, those inside others included: placing an instance goes through all of them. */
    static final int POLICIES_MAX = 64;

    /** Preferences of a spec, and names of all of its AWAY_FROM together, for the same reason. */
    static final int PREFERENCES_MAX = 8;

    static final int AWAY_FROM_MAX = 64;

    /** Whole cores in one requirement. */
    static final long CORES_MAX = 1_000_000;

    /** Memory in one requirement, in MB: one exabyte. */
    static final long MEMORY_MB_MAX = 1L << 40;

    /** The longest time span; keeps sums of attempts times interval in nanoseconds within a long. */
    static final TimeSpan SPAN_MAX = new TimeSpan(365, TimeSpan.Unit.DAY);

    /** Operations of one batch: enough that the call itself costs little beside them, and each call is answered soon. */
    public static final int BATCH_MAX = 1_000;

    /** Bytes of a batch: a thousand large specs. Other documents have what the server allows. */
    public static final int BATCH_BYTES_MAX = 16 << 20;

    /** Bytes of each operation of a batch, which are those of a document with one: the journal takes no change that is much larger. */
    public static final int OPERATION_BYTES_MAX = 1 << 20;

    /** Tokens of a document, each brace and name and value: more than fit one mebibyte, and its tree takes tens of megabytes at the most. */
    static final long TOKENS_MAX = 1_000_000;

    /** Problems, and warnings, told of one batch: one of each operation. */
    static final int BATCH_FINDINGS_MAX = BATCH_MAX;

    private DocumentLimits() {}
}
