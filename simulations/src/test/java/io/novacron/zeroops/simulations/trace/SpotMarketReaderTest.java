package io.novacron.zeroops.simulations.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpotMarketReaderTest {
    @TempDir
    Path folder = Path.of(".");

    @Test
    void readsAvailability() throws IOException {
        List<SpotMarket> markets = read(
                """
                timestamp,zone,gpu,count,available
                1970-01-01T00:00:00Z,b,v100,1,1
                1970-01-01T00:00:00Z,a,v100,1,0
                1970-01-01T00:10:00Z,b,v100,1,0
                1970-01-01T00:00:00Z,a,v100,8,1
                """);

        assertThat(markets).extracting(SpotMarket::capacityClass).containsExactly("v100/1", "v100/8");
        assertThat(markets.get(0).pools()).extracting(SpotMarket.Pool::name).containsExactly("a", "b");
        var pool = markets.get(0).pools().get(1);
        assertThat(pool.isAvailable(0)).isTrue();
        assertThat(pool.isAvailable(1)).isFalse();
        assertThat(pool.at(-1)).isEqualTo(-1);
        assertThat(pool.at(599)).isZero();
        assertThat(pool.at(600)).isEqualTo(1);
        assertThat(pool.spotUsd(0)).isNaN();
    }

    @Test
    void readsPrices() throws IOException {
        var pool =
                read("""
                        date,machine_type,region,on_demand_usd_per_h,spot_usd_per_h
                        2022-01-01,n2,east,0.1,
                        2022-01-08,n2,east,0.1,0.03
                        """)
                        .get(0)
                        .pools()
                        .get(0);
        assertThat(pool.ticks()).isEqualTo(1); // where nothing was recorded, nothing is known
        assertThat(pool.isAvailable(0)).isTrue();
        assertThat(pool.spotUsd(0)).isEqualTo(0.03);
        assertThat(pool.onDemandUsd(0)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp,zone,x;0,a,1 | no column 'available' or 'spot_usd_per_h'",
                "zone,available;a,1 | no column 'timestamp' or 'date'",
                "timestamp,available;0,1 | no column 'zone' or 'region'",
                "timestamp,zone,available | has no data rows with a price or an availability",
                "timestamp,zone,available;0,a,2 | line 2: '2' in column 'available' is neither 0 nor 1",
                "timestamp,zone,available;now,a,1 | line 2: 'now' in column 'timestamp' is not a time",
                "timestamp,zone,available;60,a,1;60,a,1 | line 3: duplicate time '60'",
                "timestamp,zone,available;60,a,1;0,a,1 | line 3: time '0' is not after",
                "timestamp,zone,spot_usd_per_h;60,a,0 | line 2: a price of 0",
                "timestamp,zone,spot_usd_per_h;60,a,NaN | line 2: 'NaN' in column 'spot_usd_per_h'"
            })
    void saysWhatIsWrong(String content, String message) {
        assertThatThrownBy(() -> read(content.replace(';', '\n') + "\n")).hasMessageContaining(message);
    }

    private List<SpotMarket> read(String content) throws IOException {
        return SpotMarketReader.read(Files.writeString(folder.resolve("market.csv"), content));
    }
}
