package io.novacron.zeroops.simulations.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.Resources;
import io.novacron.zeroops.runtime.csv.CsvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmTraceReaderTest {
    private static final String HEADER = "ts,cores,cpu_pct,mem_cap_kb,mem_used_kb,net_rx_kbps,net_tx_kbps\n";

    @TempDir
    Path folder = Path.of(".");

    @Test
    void readsUnitsOfOneVm() throws IOException {
        write(
                "vm_1.csv",
                HEADER + "0,4,50,2097152,1048576,100,25\n300,4,120,2097152,4194304,0,0\n900,4,0,2097152,0,0,0\n");
        write("index.csv", "vm,cores\nvm_1,4\n");

        VmTraces fleet = VmTraceReader.read(folder, 1);

        VmTrace vm = fleet.vms().get(0);
        assertThat(vm.name()).isEqualTo("vm_1");
        assertThat(vm.provisioned(0)).isEqualTo(new Resources(4, 2, 0, 0, 0));
        assertThat(vm.used(Dimension.CPU, 0)).isEqualTo(2);
        assertThat(vm.used(Dimension.CPU, 1)).isEqualTo(4);
        assertThat(vm.used(Dimension.MEMORY, 0)).isEqualTo(1);
        assertThat(vm.used(Dimension.MEMORY, 1)).isEqualTo(2);
        assertThat(vm.used(Dimension.NETWORK, 0)).isEqualTo(1);
        assertThat(vm.measures(Dimension.STORAGE)).isFalse();
        assertThat(vm.used(Dimension.STORAGE, 0)).isZero();
        assertThat(vm.stepS()).isEqualTo(300);
        assertThat(vm.from(301)).isEqualTo(2);
        assertThat(vm.endSecond()).isEqualTo(1200);
        assertThat(fleet.notes())
                .containsExactly(
                        "passed over, no VM's columns: index.csv", "1 samples above 100 % of the CPU taken as 100 %");
    }

    @Test
    void readsARowAVm() throws IOException {
        Path file = write("day.csv", "vm,t000,t001\na,10,20\nb,0,100\n");
        VmTraces fleet = VmTraceReader.read(file, 2);
        assertThat(fleet.vms()).extracting(VmTrace::name).containsExactly("a", "b");
        assertThat(fleet.vms().get(0).used(Dimension.CPU, 1)).isEqualTo(0.4);
        assertThat(fleet.vms().get(0).second(1)).isEqualTo(300);

        write("other.csv", "vm,t000,t001\na,10,20\n");
        assertThatThrownBy(() -> VmTraceReader.read(folder, 2)).hasMessageContaining("name this one file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,2,NaN | line 2: 'NaN' in column 'cpu_pct'",
                "0,2,-1 | line 2: '-1' in column 'cpu_pct' is not a finite number of at least 0",
                "0,0,1 | line 2: '0' in column 'cores': a VM has more than none",
                "x,2,1 | line 2: 'x' in column 'ts' is not a number",
                "0,2,1;0,2,1 | line 3: duplicate time '0'",
                "300,2,1;0,2,1 | line 3: time '0' in column 'ts' is not after",
                "0,2,1 | has fewer than two rows of data"
            })
    void saysWhatIsWrongWithARow(String rows, String message) throws IOException {
        Path file = write("vm.csv", "ts,cores,cpu_pct\n" + rows.replace(';', '\n') + "\n");
        assertThatThrownBy(() -> VmTraceReader.read(file, 1))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesMixedResolutions() throws IOException {
        var mixed = new StringBuilder("ts,cores,cpu_pct\n");
        for (int i = 0; i < 20; i++) {
            mixed.append(i * 300).append(",1,1\n");
        }
        for (int i = 0; i < 10; i++) {
            mixed.append(6000 + i * 100).append(",1,1\n");
        }
        Path one = write("a.csv", mixed.toString());
        assertThatThrownBy(() -> VmTraceReader.read(one, 1))
                .hasMessageContaining("mixed resolutions: most rows are 300 s");

        write("a.csv", "ts,cores,cpu_pct\n0,1,1\n300,1,1\n");
        write("b.csv", "ts,cores,cpu_pct\n0,1,1\n60,1,1\n");
        assertThatThrownBy(() -> VmTraceReader.read(folder, 1))
                .hasMessageContaining("a has a sample every 300 s, b every 60 s");
    }

    @Test
    void saysThatThereIsNoVm() throws IOException {
        assertThatThrownBy(() -> VmTraceReader.read(folder, 1)).hasMessageContaining("holds no CSV file of a VM");
        Path other = write("x.csv", "a,b\n1,2\n");
        assertThatThrownBy(() -> VmTraceReader.read(other, 1)).hasMessageContaining("neither of one VM");
        Path half = write("y.csv", "ts,cores,cpu_pct,mem_cap_kb\n0,1,1,1\n");
        assertThatThrownBy(() -> VmTraceReader.read(half, 1)).hasMessageContaining("no column 'mem_used_kb'");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
