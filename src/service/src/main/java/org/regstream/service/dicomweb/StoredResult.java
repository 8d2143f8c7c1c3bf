package org.regstream.service.dicomweb;

/**
 * A result that is kept for retrieval.
 *
 * @param study    its StudyInstanceUID, that of the live series
 * @param series   its SeriesInstanceUID
 * @param instance its SOPInstanceUID
 * @param part10   the object; not to be modified
 */
public record StoredResult(String study, String series, String instance, byte[] part10) {

    /** @return where it is, below {@code /dicomweb} */
    public String path() {
        return "/studies/" + study + "/series/" + series + "/instances/" + instance;
    }

    /** Without the object: it is patient data. */
    @Override
    public String toString() {
        return "StoredResult " + instance + ", " + part10.length + " bytes";
    }
}
