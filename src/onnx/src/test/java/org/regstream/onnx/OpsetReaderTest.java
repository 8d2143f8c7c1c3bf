package org.regstream.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.regstream.core.ModelException;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;

class OpsetReaderTest {

    @Test
    void shouldReadTheVersionOfTheDefaultDomainOnly() {
        byte[] model = ModelProto.newBuilder().setIrVersion(9).setProducerName("anyone")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(99))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(20)).build().toByteArray();

        assertThat(OpsetReader.read(model)).isEqualTo(20);
    }

    @Test
    void shouldRefuseAModelWithoutADefaultOperatorSet() {
        byte[] model = ModelProto.newBuilder().setIrVersion(9).build().toByteArray();

        assertThatThrownBy(() -> OpsetReader.read(model)).isInstanceOf(ModelException.class);
    }

    @Test
    void shouldRefuseEveryTruncationOfAModelWithAClearException() {
        // given: the operator set comes last, so no prefix is complete
        byte[] model = ModelProto.newBuilder().setIrVersion(9).setProducerName("anyone")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(20)).build().toByteArray();

        for (int length = 0; length < model.length; length++) {
            byte[] cut = Arrays.copyOf(model, length);
            assertThatThrownBy(() -> OpsetReader.read(cut)).isInstanceOf(ModelException.class);
        }
    }
}
