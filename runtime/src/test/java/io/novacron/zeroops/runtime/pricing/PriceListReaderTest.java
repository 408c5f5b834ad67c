package io.novacron.zeroops.runtime.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.InstanceType;
import io.novacron.zeroops.agents.provisioning.Resources;
import io.novacron.zeroops.runtime.csv.CsvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListReaderTest {
    private static final String HEADER = "machine_type,region,vcpu,ram_gib,on_demand_usd_per_h,spot_usd_per_h,"
            + "commit_1y_usd_per_month,commit_3y_usd_per_month\n";

    @TempDir
    Path folder = Path.of(".");

    @Test
    void readsEveryColumn() throws IOException {
        Path file = write(
                """
                instance_type,on_demand_usd_per_h,vcpu,memory_mib,arch,network_mbps,ebs_mbps,gpu_count,gpu_name
                g4.xlarge,0.5,4,16384,amd64,1000,2000,1,t4
                t3.nano,0.0052,2,512,amd64,,,,
                """);

        PriceList list = PriceListReader.read(file, Optional.empty());

        InstanceType gpu = list.catalogue().find("g4.xlarge").orElseThrow();
        assertThat(gpu.capacity()).isEqualTo(new Resources(4, 16, 1000, 2000, 1));
        assertThat(gpu.onDemand()).isEqualTo(Money.dollars(0.5));
        assertThat(gpu.isBurstable()).isFalse();
        assertThat(list.catalogue().find("t3.nano").orElseThrow().isBurstable()).isTrue();
        assertThat(list.notes()).isEmpty();
    }

    @Test
    void readsOneRegionWithSpotAndCommitments() throws IOException {
        Path file = write(HEADER + "n2,east,2,8,0.1,0.03,36.5,\nn2,west,2,8,0.2,,73,43.8\nt2a-1,west,1,4,0.05,,,\n");

        PriceList west = PriceListReader.read(file, Optional.of("west"));

        var prices = west.catalogue().find("n2").orElseThrow().prices();
        assertThat(prices.onDemand()).isEqualTo(Money.dollars(0.2));
        assertThat(prices.spot()).isEmpty();
        assertThat(prices.oneYear()).contains(Money.dollars(0.1));
        assertThat(prices.threeYears()).contains(Money.dollars(0.06));
        assertThat(west.catalogue().find("t2a-1").orElseThrow().architecture()).isEqualTo("arm64");
        assertThat(west.notes()).anyMatch(note -> note.contains("nothing about network and storage and gpu"));
        assertThatThrownBy(() -> PriceListReader.read(file, Optional.empty()))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("line 3: prices of more than one region (east, west");
        assertThatThrownBy(() -> PriceListReader.read(file, Optional.of("north")))
                .hasMessageContaining("in region 'north'; regions: east, west");
    }

    @Test
    void leavesOutWhatHasNoSizeAndSaysSo() throws IOException {
        Path file = write("instance_type,on_demand_usd_per_h,vcpu,memory_mib\nold,1,,\nm5,0.1,2,8192\n");
        PriceList list = PriceListReader.read(file, Optional.empty());
        assertThat(list.catalogue().types()).hasSize(1);
        assertThat(list.notes())
                .anyMatch(note -> note.startsWith("1 types whose vCPU or memory") && note.contains("old"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m5,,2,8 | line 2: type 'm5' has no price in column 'on_demand_usd_per_h'",
                "m5,0,2,8 | line 2: type 'm5' has no price",
                "m5,-1,2,8 | line 2: '-1' in column 'on_demand_usd_per_h' is not a finite number of at least 0",
                "m5,NaN,2,8 | 'NaN' in column 'on_demand_usd_per_h'",
                "m5,cheap,2,8 | 'cheap' in column 'on_demand_usd_per_h' is not a number",
                "m5,2e6,2,8 | more than 1000000 is taken as a mistake",
                ",1,2,8 | line 2: a type without a name"
            })
    void saysWhatIsWrongWithARow(String row, String message) throws IOException {
        Path file = write("instance_type,on_demand_usd_per_h,vcpu,ram_gib\n" + row + "\n");
        assertThatThrownBy(() -> PriceListReader.read(file, Optional.empty()))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        assertProblem(
                "instance_type,on_demand_usd_per_h,vcpu,ram_gib,colour\nm5,1,2,8,red\n", "unknown column 'colour'");
        assertProblem("instance_type,vcpu,ram_gib\nm5,2,8\n", "no column 'on_demand_usd_per_h'");
        assertProblem("on_demand_usd_per_h,vcpu,ram_gib\n1,2,8\n", "no column 'instance_type' or 'machine_type'");
        assertProblem("instance_type,on_demand_usd_per_h,vcpu\nm5,1,2\n", "no column 'memory_mib' or 'ram_gib'");
        assertProblem(
                "instance_type,on_demand_usd_per_h,vcpu,ram_gib\nm5,1,2,8\nm5,1,2,8\n",
                "line 3: type 'm5' a second time");
        assertProblem("instance_type,on_demand_usd_per_h,vcpu,ram_gib\n", "has no type with a size and a price");
        assertThatThrownBy(() -> PriceListReader.read(folder.resolve("none.csv"), Optional.empty()))
                .hasMessageContaining("does not exist");
    }

    private void assertProblem(String content, String message) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> PriceListReader.read(file, Optional.empty())).hasMessageContaining(message);
    }

    @Test
    void readsTheListsOfTheClouds() {
        String data = System.getenv("ZEROOPS_DATA");
        assumeTrue(data != null, "skipped: needs ZEROOPS_DATA");
        Path aws = Path.of(String.valueOf(data), "aws-prices/on_demand_us-east-1.csv");
        Path gcp = Path.of(String.valueOf(data), "gcp-prices/price_list_2025-03.csv");
        assertThat(PriceListReader.read(aws, Optional.empty()).catalogue().types())
                .hasSizeGreaterThan(1_000);
        assertThat(PriceListReader.read(gcp, Optional.of("us-central1"))
                        .catalogue()
                        .types())
                .hasSizeGreaterThan(200);
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("prices.csv"), content);
    }
}
