package io.drove.controller.loop;

/** Where what the loop decided goes. */
public record Outlets(CommandSink commands, HappeningSink happenings, LeadershipSink leadership) {}
