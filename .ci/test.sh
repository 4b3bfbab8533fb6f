# ./drove test [--fast]: formatting and every test; read by the launcher, whose functions it uses.
# The full run needs a Docker engine. It uses the one that answers, or installs and starts what is missing (Debian, as root)
# and stops what it started. --fast leaves out the tests tagged "real" or "long" and asks for no engine.

fast=
for option in "$@"; do
    case $option in
        --fast) fast=yes ;;
        *) die "unknown option for test: $option; known: --fast" ;;
    esac
done

engine_socket=/var/run/docker.sock
case ${DOCKER_HOST:-} in unix://*) engine_socket=${DOCKER_HOST#unix://} ;; esac
engine_dir=
engine_pid=

engine_answers() {
    [ -S "$engine_socket" ] && command -v docker > /dev/null 2>&1 &&
        timeout 10 docker -H "unix://$engine_socket" version > /dev/null 2>&1
}

is_debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null 2>&1; }

# Installs the packages that the full run needs and that are not there.
install_missing() {
    missing=
    command -v mvn > /dev/null 2>&1 || missing="$missing maven"
    if [ -z "$fast" ]; then
        command -v dockerd > /dev/null 2>&1 || engine_answers || missing="$missing docker.io"
        dpkg -s busybox-static > /dev/null 2>&1 || missing="$missing busybox-static"
        command -v iptables > /dev/null 2>&1 || missing="$missing iptables"
        for program in podman runc docker-registry openssl; do command -v $program > /dev/null 2>&1 || missing="$missing $program"; done
    fi
    [ -z "$missing" ] && return
    is_debian_root || die "missing:$missing. Install them; on Debian as root: apt-get install$missing"
    say "installing:$missing"
    apt="apt-get -y -q -o Acquire::Retries=5 -o DPkg::Lock::Timeout=300"
    export DEBIAN_FRONTEND=noninteractive
    for attempt in 1 2 3; do
        # shellcheck disable=SC2086 # words
        if $apt update && $apt install --no-install-recommends $missing; then return; fi
        say "attempt $attempt to install$missing failed"
        sleep $((attempt * 5))
    done
    die "could not install$missing"
}

# An engine of our own, with its data in a directory of its own, in a session of its own.
start_engine() {
    [ "$(id -u)" = 0 ] || die "no Docker engine answers at $engine_socket; start it (sudo systemctl start docker) or run: ./drove test --fast"
    engine_dir=$(mktemp -d /var/tmp/drove-test-engine.XXXXXX)
    say "starting a Docker engine for the tests (log: $engine_dir/dockerd.log)"
    setsid dockerd --live-restore --host "unix://$engine_socket" --data-root "$engine_dir/data" --exec-root "$engine_dir/run" \
        --pidfile "$engine_dir/dockerd.pid" > "$engine_dir/dockerd.log" 2>&1 < /dev/null &
    waited=0
    until engine_answers; do
        waited=$((waited + 1))
        [ $waited -le 120 ] || { tail -20 "$engine_dir/dockerd.log" >&2; die "the Docker engine did not answer within 60 s"; }
        sleep 0.5
    done
    engine_pid=$(cat "$engine_dir/dockerd.pid")
}

stop_engine() {
    [ -n "$engine_pid" ] || return 0
    say "stopping the Docker engine of the tests"
    containers=$(docker -H "unix://$engine_socket" ps -aq)
    # shellcheck disable=SC2086 # a list of ids
    [ -z "$containers" ] || docker -H "unix://$engine_socket" rm -f $containers > /dev/null 2>&1
    kill "$engine_pid" 2> /dev/null
    waited=0
    while kill -0 "$engine_pid" 2> /dev/null && [ $waited -lt 60 ]; do
        waited=$((waited + 1))
        sleep 0.5
    done
    engine_pid=
    rm -rf "$engine_dir" 2> /dev/null || say "left behind: $engine_dir"
}

# Adds up Surefire's reports: passed failed skipped.
totals() {
    find "$root"/*/target/surefire-reports -name 'TEST-*.xml' -exec grep -h -m 1 '<testsuite ' {} + 2> /dev/null | awk '
        function number(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0 }
        { tests += number("tests"); bad += number("failures") + number("errors"); skipped += number("skipped") }
        END { print tests - bad - skipped, bad + 0, skipped + 0 }'
}

run_tests() {
    find_jdk
    install_missing
    if [ -z "$fast" ] && ! engine_answers; then
        trap stop_engine EXIT
        trap 'exit 130' INT TERM
        start_engine
    fi
    outcome=0
    broken=
    # Only real tests start the image, so the fast run neither builds it beforehand nor makes its caches.
    [ -n "$fast" ] || (build) || exit 1
    say "checking the formatting"
    run_maven -q spotless:check || { outcome=1; broken=", and it is badly formatted: run ./drove format"; say "badly formatted"; }
    rm -rf "$root"/*/target/surefire-reports
    set -- verify -Dmaven.test.failure.ignore=true
    # Two modules at once, but never with real parts: those share an engine and ports, and take the time of things.
    [ -z "$fast" ] || set -- "$@" -Dtest.excludedGroups=real,long -T2
    run_maven "$@" || { outcome=1; broken="$broken, and the build itself failed: see above"; }
    # shellcheck disable=SC2046 # three words
    set -- $(totals)
    [ "$3" = 0 ] || say "$3 skipped"
    [ "$1" != 0 ] || { outcome=1; say "no test ran"; }
    [ "$2" = 0 ] || outcome=1
    stop_engine
    echo "$1 passed, $2 failed$broken"
    exit $outcome
}

run_tests
