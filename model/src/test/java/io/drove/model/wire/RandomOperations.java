package io.drove.model.wire;

import io.drove.model.app.AppOperation;
import io.drove.model.app.AppSpec;
import io.drove.model.app.ExposureSpec;
import io.drove.model.app.FailureStrategy;
import io.drove.model.app.JobType;
import io.drove.model.app.OpSpec;
import io.drove.model.check.CheckMode;
import io.drove.model.check.CheckSpec;
import io.drove.model.check.HttpScheme;
import io.drove.model.check.HttpVerb;
import io.drove.model.check.PreShutdownSpec;
import io.drove.model.container.Blob;
import io.drove.model.container.ConfigSpec;
import io.drove.model.container.DeviceSpec;
import io.drove.model.container.Executable;
import io.drove.model.container.HttpCall;
import io.drove.model.container.LoggingSpec;
import io.drove.model.container.MountedVolume;
import io.drove.model.container.PortSpec;
import io.drove.model.container.PortType;
import io.drove.model.container.PullPolicy;
import io.drove.model.container.UserSpec;
import io.drove.model.id.AppId;
import io.drove.model.placement.PlacementPolicy;
import io.drove.model.placement.PlacementPolicy.Composite.Combiner;
import io.drove.model.placement.PlacementPreference;
import io.drove.model.resource.ResourceRequirement;
import io.drove.model.time.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes random operations that a user could rightly send: each passes all checks. */
final class RandomOperations {
    /** For what becomes a path, a URL, a header or an image, where not every text is taken. */
    private static final String[] PLAIN = {"a", "web-1", "Z9", "x".repeat(30)};

    private static final String[] WORDS = {"a", "main", "ünïcode ☃ 𝄞", "quote\"\\\n", "x".repeat(50), "/data/x"};

    private final RandomGenerator random;

    RandomOperations(RandomGenerator random) {
        this.random = random;
    }

    AppOperation operation() {
        AppId app = new AppId("SHOP-" + random.nextInt(100));
        OpSpec how = new OpSpec(span(), random.nextInt(1, 513), choice(FailureStrategy.class));
        return switch (random.nextInt(10)) {
            case 0 -> new AppOperation.Destroy(app, how);
            case 1 -> new AppOperation.StartInstances(app, random.nextInt(1025), how);
            case 2 ->
                new AppOperation.StopInstances(
                        app, List.of("AI-" + random.nextInt(5), "AI-x"), random.nextBoolean(), how);
            case 3 -> new AppOperation.Scale(app, random.nextInt(2049), how);
            case 4 -> new AppOperation.ReplaceInstances(app, List.of(), random.nextBoolean(), how);
            case 5 -> new AppOperation.Suspend(app, how);
            case 6 -> new AppOperation.Recover(app);
            default -> new AppOperation.Create(spec(), random.nextInt(2049), how);
        };
    }

    private AppSpec spec() {
        List<PortSpec> ports = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            ports.add(new PortSpec("port_" + i, random.nextInt(1, 65_536), choice(PortType.class)));
        }
        return new AppSpec(
                "SHOP",
                "" + random.nextInt(100),
                new Executable.Docker(plain(), span(), choice(PullPolicy.class)),
                ports,
                some(() -> new MountedVolume(path(), path(), choice(MountedVolume.Mode.class))),
                some(this::config),
                choice(JobType.class),
                random.nextBoolean()
                        ? new LoggingSpec.Local("10m", random.nextInt(1, 101), random.nextBoolean())
                        : new LoggingSpec.Rsyslog(word(), maybe(), maybe()),
                List.of(
                        new ResourceRequirement.Cpu(random.nextInt(5)),
                        new ResourceRequirement.Memory(random.nextInt(5)),
                        new ResourceRequirement.Cpu(1)),
                policy(0),
                check(),
                check(),
                words(),
                words(),
                some(this::word),
                some(this::device),
                random.nextBoolean() ? new ExposureSpec(plain(), "port_0", choice(ExposureSpec.Mode.class)) : null,
                new PreShutdownSpec(some(this::mode), span()),
                random.nextBoolean() ? new UserSpec(plain(), random.nextBoolean() ? plain() : null) : null,
                List.of(
                        new PlacementPreference.SpreadOver("rack"),
                        new PlacementPreference.AwayFrom(List.of("noisy"))));
    }

    private CheckSpec check() {
        return new CheckSpec(mode(), positiveSpan(), positiveSpan(), random.nextInt(1, 101), span());
    }

    private CheckMode mode() {
        return random.nextBoolean()
                ? new CheckMode.Command(word(), random.nextBoolean())
                : new CheckMode.Http(
                        choice(HttpScheme.class),
                        "port_0",
                        path(),
                        choice(HttpVerb.class),
                        codes(),
                        word(),
                        span(),
                        random.nextBoolean());
    }

    private ConfigSpec config() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return switch (random.nextInt(4)) {
            case 0 -> new ConfigSpec.Inline(path(), Blob.of(bytes));
            case 1 -> new ConfigSpec.ExecutorLocalFile(path(), path());
            case 2 -> new ConfigSpec.ControllerHttpFetch(path(), call());
            default -> new ConfigSpec.ExecutorHttpFetch(path(), call());
        };
    }

    private HttpCall call() {
        return new HttpCall(
                choice(HttpScheme.class),
                plain(),
                random.nextInt(65_536),
                path(),
                choice(HttpVerb.class),
                codes(),
                word(),
                span(),
                span(),
                maybe(),
                maybe(),
                random.nextBoolean() ? plain() : null,
                plainWords(),
                random.nextBoolean());
    }

    private DeviceSpec device() {
        return random.nextBoolean()
                ? new DeviceSpec.Direct(word(), maybe(), choice(DeviceSpec.Permissions.class))
                : new DeviceSpec.Detailed(
                        maybe(), random.nextInt(4), some(this::word), some(() -> some(this::word)), words());
    }

    private PlacementPolicy policy(int depth) {
        return switch (random.nextInt(depth < 4 ? 6 : 5)) {
            case 0 -> new PlacementPolicy.Any();
            case 1 -> new PlacementPolicy.OnePerHost();
            case 2 -> new PlacementPolicy.MaxPerHost(random.nextInt(1, 65));
            case 3 -> new PlacementPolicy.MatchTag(word());
            case 4 -> new PlacementPolicy.NoTag();
            default ->
                new PlacementPolicy.Composite(List.of(policy(depth + 1), policy(depth + 1)), choice(Combiner.class));
        };
    }

    private SortedSet<Integer> codes() {
        return new TreeSet<>(List.of(random.nextInt(100, 1000), random.nextInt(100, 1000)));
    }

    private TimeSpan span() {
        return new TimeSpan(random.nextInt(365), choice(TimeSpan.Unit.class));
    }

    private TimeSpan positiveSpan() {
        return new TimeSpan(random.nextInt(1, 365), choice(TimeSpan.Unit.class));
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private String plain() {
        return PLAIN[random.nextInt(PLAIN.length)];
    }

    private String path() {
        return "/" + plain() + "/" + plain();
    }

    private Map<String, String> plainWords() {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            words.put(plain(), random.nextBoolean() ? "" : plain());
        }
        return words;
    }

    private @Nullable String maybe() {
        return random.nextBoolean() ? word() : null;
    }

    private Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            words.put(word(), random.nextBoolean() ? "" : word());
        }
        return words;
    }

    private <T> List<T> some(Supplier<T> make) {
        List<T> some = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            some.add(make.get());
        }
        return some;
    }

    private <E extends Enum<E>> E choice(Class<E> type) {
        E[] constants = type.getEnumConstants();
        return constants[random.nextInt(constants.length)];
    }
}
