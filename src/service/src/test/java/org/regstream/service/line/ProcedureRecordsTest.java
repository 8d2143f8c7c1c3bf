package org.regstream.service.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regstream.core.memory.OverdrawnException;
import org.regstream.core.memory.Purse;
import org.regstream.core.memory.Tab;
import org.regstream.core.procedure.LiveSelector;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.ProcedureBundle;
import org.regstream.core.testkit.FakeModel;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.wire.ProcedureCodec;

/** What other programs may write to the procedures' topic. */
class ProcedureRecordsTest extends LineBench {

    private static final Instant EARLY = Instant.parse("2026-11-21T08:00:00Z");

    /** How a bundle may be unusable. */
    enum Damage {
        NULL_STRUCTURE {
            @Override
            byte[] of(byte[] bundle) {
                return withJson(bundle, json(bundle).replaceFirst("\"structures\":\\[.*?\\]", "\"structures\":[null]"));
            }
        },
        WRONG_TYPE {
            @Override
            byte[] of(byte[] bundle) {
                return withJson(bundle, json(bundle).replaceFirst("\"structures\":\\[.*?\\]", "\"structures\":7"));
            }
        },
        WRONG_VERSION {
            @Override
            byte[] of(byte[] bundle) {
                return withJson(bundle, json(bundle).replace("\"schema\":1", "\"schema\":2"));
            }
        },
        WRONG_KEY {
            @Override
            byte[] of(byte[] bundle) {
                return withJson(bundle, json(bundle).replace("\"id\":\"p1\"", "\"id\":\"p9\""));
            }
        },
        DEEP {
            @Override
            byte[] of(byte[] bundle) {
                return withJson(bundle, "[".repeat(500_000));
            }
        },
        CUT {
            @Override
            byte[] of(byte[] bundle) {
                return Arrays.copyOf(bundle, bundle.length / 2);
            }
        },
        EMPTY {
            @Override
            byte[] of(byte[] bundle) {
                return new byte[0];
            }
        };

        abstract byte[] of(byte[] bundle);

        private static ProcedureBundle parts(byte[] bundle) {
            try (Tab memory = Purse.unbounded().open()) {
                return ProcedureBundle.decode(bundle, memory);
            }
        }

        private static String json(byte[] bundle) {
            return new String(parts(bundle).json(), StandardCharsets.UTF_8);
        }

        private static byte[] withJson(byte[] bundle, String json) {
            ProcedureBundle parts = parts(bundle);
            return new ProcedureBundle(json.getBytes(StandardCharsets.UTF_8), parts.preoperative(), parts.labels())
                    .encode();
        }
    }

    private final Purse memory = new Purse("procedures", 1 << 18);
    private ProcedureDesk desk;

    @BeforeEach
    void open() {
        desk = new ProcedureDesk(services(FakeModel.shifting(GRID, 0, 0, 0)), 64, memory);
    }

    /** Its labels would come from what somebody meant to replace. */
    @ParameterizedTest
    @EnumSource(Damage.class)
    void shouldEndAProcedureWhoseNewestRecordCannotBeUsedAndLeaveOthersAlone(Damage damage) {
        byte[] bundle = ProcedureCodec.encode(procedure);
        desk.apply("p1", bundle, EARLY);
        apply("p2", "9.9.2", EARLY);

        assertThatThrownBy(() -> desk.apply("p1", damage.of(bundle), EARLY)).isInstanceOf(RuntimeException.class);

        assertThat(desk.line("p1")).isEmpty();
        assertThat(desk.line("p2")).isPresent();
        desk.apply("p1", null, EARLY);
        desk.apply("p1", bundle, EARLY);
        assertThat(desk.line("p1")).isPresent();
    }

    @Test
    void shouldRefuseAProcedureThatTakesFramesOfAnEarlierOneAndNameThat() {
        apply("p1", "9.9.1", EARLY);

        assertThatThrownBy(() -> apply("p0", "9.9.1", EARLY.plusSeconds(1)))
                .hasMessageContaining("procedure p1 selects")
                .hasMessageContaining("then send it again");

        assertThat(desk.line("p0")).isEmpty();
        assertThat(desk.line("p1")).isPresent();
        desk.apply("p1", null, EARLY);
        apply("p0", "9.9.1", EARLY.plusSeconds(2));
        assertThat(desk.line("p0")).isPresent();
    }

    /** A restart reads partitions in any order: what was refused before it must not win then. */
    @Test
    void shouldKeepTheEarlierOfTwoWhicheverIsReadFirst() {
        apply("p0", "9.9.1", EARLY.plusSeconds(1));
        apply("p1", "9.9.1", EARLY);

        assertThat(desk.line("p0")).isEmpty();
        assertThat(desk.line("p1")).isPresent();
    }

    @Test
    void shouldTellTwoOfOneMomentApartByTheirIds() {
        apply("p1", "9.9.1", EARLY);
        apply("p0", "9.9.1", EARLY);

        assertThat(desk.procedures()).extracting(Procedure::id).containsExactly("p0");
    }

    /** Its own earlier record is no rival. */
    @Test
    void shouldReplaceAProcedureByANewerRecordOfItsKey() {
        apply("p1", "9.9.1", EARLY);
        apply("p1", "9.9.2", EARLY.plusSeconds(1));

        assertThat(desk.procedures()).extracting(Procedure::selector).containsExactly(LiveSelector.study("9.9.2"));
    }

    /** It alone is refused; what it would take is free again for another. */
    @Test
    void shouldRefuseAProcedureThatTakesMoreMemoryThanIsLeft() {
        apply("p1", "9.9.1", EARLY);
        long each = memory.taken();
        assertThat(each).isGreaterThanOrEqualTo(5L * procedure.reference().image().grid().size());
        int more = 1;
        while (memory.limit() - memory.taken() > 3 * each) {
            apply("p" + ++more, "9.9." + more, EARLY);
        }
        try (Tab other = memory.open()) {
            other.take(memory.limit() - memory.taken());

            assertThatThrownBy(() -> apply("large", "9.9.0", EARLY)).isInstanceOf(OverdrawnException.class);
        }

        assertThat(desk.procedures()).hasSize(more);
        assertThat(memory.taken()).isEqualTo(more * each);
        desk.apply("p1", null, EARLY);
        assertThat(memory.taken()).isEqualTo((more - 1) * each);
        apply("large", "9.9.0", EARLY);
        assertThat(memory.taken()).isEqualTo(more * each);
    }

    private void apply(String id, String study, Instant at) {
        desk.apply(id, ProcedureCodec.encode(new Procedure(id, procedure.reference(), LiveSelector.study(study),
                Duration.ofSeconds(2))), at);
    }
}
