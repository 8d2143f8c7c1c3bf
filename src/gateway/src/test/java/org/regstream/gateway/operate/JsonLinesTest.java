package org.regstream.gateway.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    @Test
    void shouldWriteOneLineWithEveryControlCharacterEscaped() {
        // given
        LogRecord record = new LogRecord(Level.WARNING, "a \"quoted\" \\ line\nand another\t{0}");
        record.setParameters(new Object[]{"value"});
        record.setLoggerName("org.regstream");
        record.setInstant(Instant.parse("2026-11-21T05:00:00Z"));

        // when
        String line = new JsonLines().format(record);

        // then
        assertThat(line)
                .startsWith("{\"time\":\"2026-11-21T05:00:00Z\",\"level\":\"WARNING\",\"logger\":\"org.regstream\",")
                .endsWith("\"message\":\"a \\\"quoted\\\" \\\\ line\\u000aand another\\u0009value\"}\n");
        assertThat(line.chars().filter(c -> c == '\n')).hasSize(1);
    }

    @Test
    void shouldKeepTheStackInTheSameLine() {
        LogRecord record = new LogRecord(Level.SEVERE, "failed");
        record.setThrown(new IllegalStateException("why"));
        assertThat(new JsonLines().format(record)).contains("\"error\":\"java.lang.IllegalStateException: why\\u000a")
                .hasLineCount(1);
    }
}
