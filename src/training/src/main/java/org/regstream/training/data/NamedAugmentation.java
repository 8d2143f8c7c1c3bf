package org.regstream.training.data;

import java.util.Arrays;

/** Settings of the augmentation that have a name, by which {@code train --augmentation} takes them and a package tells them. */
public enum NamedAugmentation {
    NONE(AugmentationSettings.NONE), POSES(AugmentationSettings.POSES), FULL(AugmentationSettings.FULL), CONTRAST(
            AugmentationSettings.CONTRAST);

    private final AugmentationSettings settings;

    NamedAugmentation(AugmentationSettings settings) {
        this.settings = settings;
    }

    public AugmentationSettings settings() {
        return settings;
    }

    /** @return the name of settings that have one, else their numbers */
    public static String title(AugmentationSettings settings) {
        return Arrays.stream(values()).filter(named -> named.settings.equals(settings)).map(Enum::name).findFirst()
                .orElseGet(settings::toString);
    }
}
