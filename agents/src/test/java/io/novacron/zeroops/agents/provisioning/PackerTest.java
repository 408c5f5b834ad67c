package io.novacron.zeroops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.Packing.Bin;
import io.novacron.zeroops.agents.provisioning.Packing.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackerTest {
    private static final Catalogue CATALOGUE =
            new Catalogue(List.of(Types.SMALL, Types.MEMORY, Types.LARGE, Types.HUGE));

    @Test
    void oneFullHugeMachineIsCheaperThanEightSmall() {
        Packing packing = new Packer(CATALOGUE).pack(items(8, new Resources(2, 8, 0, 0, 0)));

        assertThat(packing.bins()).hasSize(1);
        assertThat(packing.costPerHour()).isEqualTo(Money.dollars(0.70));
        assertThat(packing.utilisation(Dimension.CPU)).isEqualTo(1);
        assertThat(packing.utilisation(Dimension.GPU)).isZero();
    }

    @Test
    void theLastMachineShrinksToWhatIsOnIt() {
        Packing packing = new Packer(CATALOGUE).pack(items(9, new Resources(2, 8, 0, 0, 0)));

        assertThat(packing.bins()).extracting(bin -> bin.type().name()).containsExactlyInAnyOrder("huge", "small");
    }

    @Test
    void complementsShareAMachine() {
        List<Item> items = List.of(
                new Item("cpu", new Resources(3.5, 1, 0, 0, 0)), new Item("memory", new Resources(0.5, 15, 0, 0, 0)));

        Packing packing = new Packer(CATALOGUE).pack(items);

        assertThat(packing.bins()).hasSize(1);
        assertThat(packing.bins().get(0).type()).isEqualTo(Types.LARGE);
    }

    @Test
    void saysWhatNoTypeHolds() {
        Item giant = new Item("giant", new Resources(1_000, 1, 0, 0, 0));
        Packing packing = new Packer(CATALOGUE).pack(List.of(giant, new Item("a", new Resources(1, 1, 0, 0, 0))));

        assertThat(packing.unplaced()).containsExactly(giant);
        assertThat(packing.bins()).hasSize(1);
    }

    @Test
    void whatIsTooLargeForAHalfFullTypeHasItsOwn() {
        List<Item> items = new ArrayList<>(items(2, new Resources(1, 4, 0, 0, 0)));
        items.add(new Item("wide", new Resources(4, 4, 0, 0, 0)));
        assertThat(new Packer(CATALOGUE).pack(items).costPerHour()).isEqualTo(Money.dollars(0.30));
    }

    /** Any order of the input, any demands: everything is placed once, nothing is overfull, and the outcome is the same. */
    @Test
    void isCompleteFeasibleAndRepeatable() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            List<Item> items = new ArrayList<>(IntStream.range(0, 40)
                    .mapToObj(i -> new Item(
                            "vm-" + i,
                            new Resources(
                                    random.nextDouble() * 4,
                                    random.nextDouble() * 20,
                                    random.nextDouble() * 900,
                                    0,
                                    0)))
                    .toList());
            Packing packing = new Packer(CATALOGUE).pack(items);
            Collections.shuffle(items, random);

            assertThat(packing.bins().stream().flatMap(bin -> bin.items().stream()))
                    .containsExactlyInAnyOrderElementsOf(items);
            assertThat(packing.bins())
                    .allSatisfy(bin ->
                            assertThat(bin.used().fitsIn(bin.type().capacity())).isTrue());
            assertThat(new Packer(CATALOGUE).pack(items).costPerHour()).isEqualTo(packing.costPerHour());
            assertThat(packing.costPerHour()).isLessThanOrEqualTo(alone(items));
        }
    }

    private static Money alone(List<Item> items) {
        return items.stream()
                .map(item -> CATALOGUE.first(item.demand()).orElseThrow().onDemand())
                .reduce(Money.ZERO, Money::plus);
    }

    @Test
    void isBounded() {
        List<Item> many = items(Packer.ITEMS_MAX + 1, new Resources(1, 1, 0, 0, 0));
        assertThatThrownBy(() -> new Packer(CATALOGUE).pack(many)).hasMessageContaining("At most 20000 items");
    }

    @Test
    void emptiesTheHostThatSavesMostForWhatIsMoved() {
        Packing placed = new Packing(
                List.of(
                        bin(Types.LARGE, "a", new Resources(1, 4, 0, 0, 0)),
                        bin(Types.LARGE, "b", new Resources(1, 1, 0, 0, 0)),
                        bin(Types.HUGE, "c", new Resources(14, 14, 0, 0, 0))),
                List.of());

        var plan = Consolidation.of(placed, 0.01);

        assertThat(plan.steps()).extracting(Consolidation.Step::moved).containsExactly(List.of("b"), List.of("a"));
        assertThat(plan.steps().get(0).score()).isEqualTo(0.20 / 2);
        assertThat(plan.after().bins()).hasSize(1);
        assertThat(plan.after().costPerHour()).isEqualTo(Money.dollars(0.70));
        assertThat(plan.moves()).isEqualTo(2);
        assertThat(plan.movedGib()).isEqualTo(5);
    }

    @Test
    void leavesWhatSavesTooLittleOrFitsNowhere() {
        Packing placed = new Packing(
                List.of(
                        bin(Types.LARGE, "a", new Resources(1, 4, 0, 0, 0)),
                        bin(Types.LARGE, "b", new Resources(3.5, 1, 0, 0, 0))),
                List.of());
        assertThat(Consolidation.of(placed, 0.01).steps()).isEmpty();

        Packing movable = new Packing(
                List.of(
                        bin(Types.LARGE, "a", new Resources(1, 4, 0, 0, 0)),
                        bin(Types.LARGE, "b", new Resources(1, 4, 0, 0, 0))),
                List.of());
        assertThat(Consolidation.of(movable, 0.041).steps()).isEmpty();
        assertThat(Consolidation.of(movable, 0.039).steps()).hasSize(1);
    }

    private static Bin bin(InstanceType type, String name, Resources demand) {
        return new Bin(type, List.of(new Item(name, demand)));
    }

    private static List<Item> items(int count, Resources demand) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Item("vm-" + i, demand))
                .toList();
    }
}
