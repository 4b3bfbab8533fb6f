package io.drove.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BareContainerTest {
    @Test
    void a_bare_container_has_what_drove_gave_to_its_own_but_another_port_and_labels_that_no_executor_knows() {
        JsonNode model = JsonMapper.shared().readTree("""
                {"Id": "c1", "State": {"Pid": 7},
                 "Config": {"Image": "drove/hello:1", "Cmd": ["/start.sh"], "User": "", "Env": ["A=b"], "Hostname": "x",
                   "Labels": {"drove.instance.id": "AI-1", "team": "drove"}, "ExposedPorts": {"8000/tcp": {}}},
                 "HostConfig": {"Memory": 67108864, "CpusetCpus": "1", "CpusetMems": "0", "Binds": null, "OomScoreAdj": 0,
                   "LogConfig": {"Type": "json-file", "Config": {"mode": "non-blocking"}},
                   "PortBindings": {"8000/tcp": [{"HostIp": "127.0.0.1", "HostPort": "20001"}]}}}""");

        JsonNode body = BareContainer.body(model, 30123);

        assertThat(body).isEqualTo(JsonMapper.shared().readTree("""
                {"Image": "drove/hello:1", "Cmd": ["/start.sh"], "User": "", "Env": ["A=b"], "ExposedPorts": {"8000/tcp": {}},
                 "Labels": {"bench.instance.id": "AI-1", "team": "drove"},
                 "HostConfig": {"Memory": 67108864, "CpusetCpus": "1", "CpusetMems": "0",
                   "LogConfig": {"Type": "json-file", "Config": {"mode": "non-blocking"}},
                   "PortBindings": {"8000/tcp": [{"HostIp": "127.0.0.1", "HostPort": "30123"}]}}}"""));
    }
}
