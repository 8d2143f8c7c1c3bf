package org.regstream.service.testing;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/** The build's own system properties are no settings of the service, though they share its prefix. */
public class TestSystemProperties implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withMappingIgnore("regstream.root").withMappingIgnore("regstream.data")
                .withMappingIgnore("regstream.app");
    }
}
