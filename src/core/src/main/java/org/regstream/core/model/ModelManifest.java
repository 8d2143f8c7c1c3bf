package org.regstream.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a network expects and returns, checksums, and how it was made: {@code models/<id>/manifest.json}.
 *
 * @param schema     version of this layout, {@link #SCHEMA}
 * @param id         names the package; the folder's name
 * @param version    of the weights, such as {@code 2026.11.1}
 * @param grid       the window the network works on
 * @param intensity  how intensities are mapped
 * @param structures what the label channels are, in channel order from 1; channel 0 is background; no two with the same name
 * @param student    the single network's graph
 * @param ensemble   the graph of several networks combined; empty if the package has none
 * @param files      file name inside the package to its SHA-256 in lower-case hexadecimal; every file but the manifest and
 *                   CARD.md
 * @param provenance how it was made: data, split, seed, epochs, library versions, machine class, minutes
 * @param validation measured on the validation split, name to figure
 * @param thresholds limits of the alerts
 */
public record ModelManifest(int schema, String id, String version, ModelGrid grid, IntensityMapping intensity,
        List<Structure> structures, GraphSpec student, Optional<EnsembleSpec> ensemble, Map<String, String> files,
        Map<String, String> provenance, Map<String, Double> validation, AlertThresholds thresholds) {

    public static final int SCHEMA = 3;

    public ModelManifest {
        structures = List.copyOf(structures);
        files = Map.copyOf(files);
        provenance = Map.copyOf(provenance);
        validation = Map.copyOf(validation);
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("manifest schema must be " + SCHEMA + ", got " + schema);
        }
        for (int c = 0; c < structures.size(); c++) {
            if (structures.get(c).label() != c + 1) {
                throw new IllegalArgumentException("structures must be listed in channel order from label 1, got label "
                        + structures.get(c).label() + " at place " + (c + 1));
            }
        }
        Structure.requireDistinct(structures);
        requireListed(files, student);
        Map<String, String> listed = files;
        ensemble.ifPresent(e -> requireListed(listed, e.graph()));
    }

    private static void requireListed(Map<String, String> files, GraphSpec graph) {
        if (!files.containsKey(graph.file())) {
            throw new IllegalArgumentException("files must give the SHA-256 of " + graph.file());
        }
    }

    /** Label channels, background included. */
    public int channels() {
        return structures.size() + 1;
    }

    /**
     * @param given a structure of a reference, whatever its label there
     * @return the channel in which networks of this package outline it, from 1; empty if they do not know it
     */
    public OptionalInt channelOf(Structure given) {
        return structures.stream().filter(given::isSameAs).mapToInt(Structure::label).findFirst();
    }

    /** SHA-256 of the student's graph, lower-case hexadecimal: what its results name as the model's digest. */
    public String digest() {
        return files.get(student.file());
    }

    /** SHA-256 of the ensemble's graph, lower-case hexadecimal: what its results name as the model's digest. */
    public Optional<String> ensembleDigest() {
        return ensemble.map(e -> files.get(e.graph().file()));
    }

    /** SHA-256 of the graph that says how far labels can be trusted: the ensemble's, or the student's where there is none. */
    public String assessorDigest() {
        return ensembleDigest().orElse(digest());
    }
}
