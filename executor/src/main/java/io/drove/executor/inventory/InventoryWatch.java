package io.drove.executor.inventory;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the machine again from time to time, since cores can be switched off and on, and tells when it is not what it was. */
public final class InventoryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryWatch.class);
    /** A look reads a handful of small files of the kernel's. */
    private static final Duration EVERY = Duration.ofSeconds(60);

    private final Supplier<MachineInventory> machine;
    private final Consumer<MachineInventory> news;
    private final Thread thread = Thread.ofVirtual().name("inventory-watch").unstarted(this::run);
    private volatile MachineInventory current;

    /**
     * Reads the machine once; {@link #start} goes on.
     *
     * @param machine reads it; may fail with {@link UncheckedIOException}
     * @param news gets each that differs from the one before
     */
    public InventoryWatch(Supplier<MachineInventory> machine, Consumer<MachineInventory> news) {
        this.machine = machine;
        this.news = news;
        this.current = machine.get();
    }

    /** What was found when it was last read. */
    public MachineInventory current() {
        return current;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the machine now. One that cannot be read is taken to be as it was. */
    void look() {
        try {
            MachineInventory found = machine.get();
            if (!found.nodes().equals(current.nodes())) {
                LOG.warn("machine changed from={} to={}", current.nodes(), found.nodes());
                current = found;
                news.accept(found);
            }
        } catch (UncheckedIOException e) {
            LOG.warn("machine not read reason={}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
