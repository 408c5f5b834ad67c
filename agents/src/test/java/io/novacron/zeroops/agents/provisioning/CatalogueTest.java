package io.novacron.zeroops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.Selection.Chosen;
import io.novacron.zeroops.agents.provisioning.Selection.NothingFits;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final Catalogue catalogue =
            new Catalogue(List.of(Types.GPU, Types.HUGE, Types.SMALL, Types.MEMORY, Types.LARGE));

    @Test
    void choosesTheCheapestThatHoldsAllDimensions() {
        assertThat(chosen(new Resources(1, 8, 0, 0, 0)).type()).isEqualTo(Types.SMALL);
        assertThat(chosen(new Resources(1, 9, 0, 0, 0)).type()).isEqualTo(Types.MEMORY);
        assertThat(chosen(new Resources(3, 9, 0, 0, 0)).type()).isEqualTo(Types.LARGE);
        assertThat(chosen(new Resources(1, 1, 2_000, 0, 0)).type()).isEqualTo(Types.HUGE);
        assertThat(chosen(new Resources(1, 1, 0, 0, 1)).type()).isEqualTo(Types.GPU);
    }

    @Test
    void whatBindsIsTheNeedThatCostsMost() {
        var memory = chosen(new Resources(1, 9, 100, 100, 0));
        assertThat(memory.binding()).isEqualTo(Dimension.MEMORY);
        assertThat(memory.bindingCost()).isEqualTo(Money.dollars(0.03));
        assertThat(memory.explanation()).contains("memory at $0.13/h", "9 of its 16 GiB of memory", "$0.03/h less");
    }

    @Test
    void ofNeedsThatCostNothingTheFullestBinds() {
        var chosen = chosen(new Resources(1, 7, 100, 100, 0));
        assertThat(chosen.binding()).isEqualTo(Dimension.MEMORY);
        assertThat(chosen.bindingCost()).isEqualTo(Money.ZERO);
        assertThat(chosen.share()).isEqualTo(7.0 / 8);
        assertThat(chosen.explanation()).contains("no single dimension makes it dearer");
    }

    @Test
    void saysWhatNoTypeHas() {
        var tooMuch = (NothingFits) catalogue.cheapest(new Resources(100, 1, 0, 0, 0));
        assertThat(tooMuch.dimension()).isEqualTo(Dimension.CPU);
        assertThat(tooMuch.explanation()).contains("no type has 100 vCPU", "16, of huge", "spread the load");

        var together = (NothingFits) catalogue.cheapest(new Resources(16, 1, 0, 0, 1));
        assertThat(together.dimension()).isEqualTo(Dimension.CPU);
        assertThat(together.explanation()).contains("no type has all of 16 vCPU", "1 GPUs", "together");
    }

    private Chosen chosen(Resources need) {
        return (Chosen) catalogue.cheapest(need);
    }

    @Test
    void theFrontierLeavesOutWhatAnotherReplaces() {
        var dearAndSmall = Types.type("dear", 0.5, new Resources(2, 8, 500, 500, 0));
        var twin = Types.type("twin", 0.10, new Resources(1, 8, 500, 500, 0));
        var all = new Catalogue(List.of(dearAndSmall, twin, Types.SMALL, Types.HUGE));

        assertThat(all.frontier()).containsExactly(Types.SMALL, Types.HUGE);
        assertThat(new Catalogue(List.of(twin, Types.type("wide", 0.10, new Resources(4, 8, 500, 500, 0)))).frontier())
                .extracting(InstanceType::name)
                .containsExactly("wide");
    }

    @Test
    void knowsWhatIsToldAndFindsByName() {
        var plain = new Catalogue(List.of(Types.type("plain", 1, new Resources(1, 1, 0, 0, 0))));
        assertThat(plain.told()).isEqualTo(Set.of(Dimension.CPU, Dimension.MEMORY));
        assertThat(catalogue.find("gpu")).contains(Types.GPU);
        assertThat(catalogue.find("none")).isEmpty();
        assertThat(catalogue.only(type -> type.capacity().vcpu() > 100)).isEmpty();
        assertThat(catalogue
                        .only(type -> type.capacity().vcpu() > 10)
                        .orElseThrow()
                        .types())
                .containsExactly(Types.HUGE);
    }

    @Test
    void refusesWhatIsNoCatalogue() {
        assertThatThrownBy(() -> new Catalogue(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Catalogue(List.of(Types.SMALL, Types.SMALL)))
                .hasMessageContaining("Two instance types are named small");
        assertThatThrownBy(() -> Prices.onDemand(Money.ZERO)).hasMessageContaining("more than nothing");
        assertThatThrownBy(() -> Types.type(" ", 1, Resources.NONE)).hasMessageContaining("has a name");
        assertThatThrownBy(() -> new Resources(-1, 0, 0, 0, 0)).hasMessageContaining("not -1.0");
        assertThatThrownBy(() -> new Resources(Double.NaN, 0, 0, 0, 0)).hasMessageContaining("NaN");
    }

    @Test
    void resourcesAreForPeopleToo() {
        assertThat(new Resources(2, 0.333333, 0, 0, 1)).hasToString("2 vCPU, 0.3333 GiB of memory, 1 GPUs");
        assertThat(Resources.NONE).hasToString("nothing");
        assertThat(new Resources(1, 9, 0, 0, 0).max(new Resources(2, 3, 0, 0, 0)))
                .isEqualTo(new Resources(2, 9, 0, 0, 0));
        assertThat(new Resources(1, 4, 0, 0, 0).dominantShare(Types.SMALL.capacity()))
                .isEqualTo(0.5);
        assertThat(new Resources(0, 0, 0, 0, 1).dominantShare(Types.SMALL.capacity()))
                .isInfinite();
    }
}
