package org.regstream.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TagTest {

    @Test
    void shouldAgreeWithPydicomsDictionary() {
        // given
        List<Tag> tags = Arrays.asList(Tag.values());
        List<String> codes = tags.stream().map(tag -> String.format("%08x", tag.code())).toList();

        // when
        List<String> lines = OtherProgram.python("dump_dictionary.py", codes);

        // then
        assertThat(lines).hasSameSizeAs(tags);
        for (int i = 0; i < tags.size(); i++) {
            String keyword = lines.get(i).split("\t")[1].toUpperCase(Locale.ROOT);
            assertThat(tags.get(i).name().replace("_", "")).isEqualTo(keyword);
            assertThat(lines.get(i).split("\t")[2]).as(keyword).contains(tags.get(i).vr().name());
        }
    }

    @Test
    void shouldDescribeUnknownTagsByNumber() {
        assertThat(Tag.describe(0x00091001)).isEqualTo("(0009,1001)");
        assertThat(Tag.describe(0x00280010)).isEqualTo("ROWS (0028,0010)");
    }
}
