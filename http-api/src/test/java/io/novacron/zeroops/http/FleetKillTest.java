package io.novacron.zeroops.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.runtime.provider.HttpProvider;
import io.novacron.zeroops.runtime.provider.HttpProviderOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fleet's process, killed in the midst of its work: what it answered as done is done, once, and old calls stay out. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FleetKillTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VMS = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private RunningProgram start(int life) throws Exception {
        return RunningProgram.start(
                        folder.resolve("life-" + life),
                        "fleet",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("fleet").toString(),
                        "--vms",
                        Integer.toString(VMS),
                        "--incidents-every",
                        "0s")
                .awaitReady();
    }

    private static HttpProvider client(RunningProgram program) {
        return new HttpProvider(new HttpProviderOptions(
                URI.create(program.address()), Optional.empty(), Duration.ofSeconds(5), Duration.ofSeconds(30)));
    }

    private static CompletableFuture<Outcome> submit(HttpProvider provider, int vm, long generation, boolean starts) {
        var answer = new CompletableFuture<Outcome>();
        FleetOperation operation = starts ? new FleetOperation.StartVm() : new FleetOperation.StopVm();
        provider.submit(
                new Effect.Call("k/" + vm + "/" + generation, "vm/vm-" + vm, generation, operation), answer::complete);
        return answer;
    }

    private static Outcome get(CompletableFuture<Outcome> answer) throws Exception {
        return answer.get(60, TimeUnit.SECONDS);
    }

    @Test
    void nothingThatWasAnsweredIsForgotten() throws Exception {
        Map<Integer, Long> highest = new HashMap<>(); // answered as done, by VM
        long generation = 0;
        for (int life = 0; life < 3; life++) {
            try (var program = start(life);
                    var provider = client(program)) {
                for (var entry : highest.entrySet()) {
                    Outcome again = get(submit(provider, entry.getKey(), entry.getValue(), entry.getValue() % 2 == 0));
                    assertThat(again).isInstanceOf(Outcome.Succeeded.class);
                    assertThat(((Observed) ((Outcome.Succeeded) again).answer()).applied())
                            .isEqualTo(entry.getValue());
                    assertThat(get(submit(provider, entry.getKey(), entry.getValue() - 1, true)))
                            .isEqualTo(new Outcome.Failed("fenced", false));
                }
                for (int round = 0; round < 10; round++) {
                    generation++;
                    for (int vm = 1; vm <= VMS; vm++) {
                        if (get(submit(provider, vm, generation, generation % 2 == 0)) instanceof Outcome.Succeeded) {
                            highest.put(vm, generation);
                        }
                    }
                }
                generation++;
                for (int vm = 1; vm < VMS; vm++) { // one VM keeps what it was answered
                    var unused = submit(provider, vm, generation, generation % 2 == 0);
                }
                program.kill();
                for (int vm = 1; vm < VMS; vm++) {
                    highest.remove(vm); // its fence may be raised, or not
                }
            }
        }
        Map<String, Integer> effects = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("fleet").resolve("operations.jsonl"))) {
            JsonNode node = JSON.readTree(line);
            if (node.path("event").asText().equals("effect")) {
                assertThat(effects.merge(node.path("key").asText(), 1, Integer::sum))
                        .isEqualTo(1);
                long of = node.path("generation").asLong();
                assertThat(last.merge(node.path("resource").asText(), of, Math::max))
                        .isEqualTo(of);
            }
        }
        assertThat(effects).hasSizeGreaterThanOrEqualTo(3 * 10 * VMS);
    }

    @Test
    void endsInOrderOnSigterm() throws Exception {
        try (var program = start(9)) {
            assertThat(program.stop()).isEqualTo(143);
            assertThat(program.firstError()).isEmpty();
        }
    }
}
