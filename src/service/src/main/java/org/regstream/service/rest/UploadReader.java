package org.regstream.service.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.OneVolume;
import org.regstream.core.memory.Tab;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiContent;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.DicomSeries;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.GivenLabels;
import org.regstream.dicom.read.LabelledImage;
import org.regstream.dicom.read.Laterality;
import org.regstream.dicom.read.PatientMark;
import org.regstream.dicom.read.Segmentation;
import org.regstream.dicom.read.SegmentationReader;

/**
 * Reads what is sent for a procedure: NIfTI, DICOM files, or ZIPs of DICOM files, told by their first bytes. Thread-safe.
 */
final class UploadReader {

    private final FrameReader dicom;

    UploadReader(FrameReader dicom) {
        this.dicom = dicom;
    }

    /** @param files  at least one
     *  @param memory pays for what is read and what is made of it
     *  @throws DecodeException if the files are not one image */
    UploadedImage image(List<UploadedFile> files, Tab memory) {
        if (files.size() == 1 && isNifti(files.get(0))) {
            return nifti(files.get(0), memory);
        }
        DicomSeries.Gatherer gatherer = new DicomSeries.Gatherer(dicom, memory);
        for (UploadedFile file : files) {
            byte[] content = file.bytes(memory);
            add(file.name(), content, gatherer, memory);
            memory.giveBack(content.length);
        }
        return series(gatherer.series("the upload; a NIfTI image is a single file"), memory);
    }

    /** Or nothing that is known here. */
    private static boolean isNifti(UploadedFile file) {
        byte[] head = file.head();
        return !ZipFiles.isZip(head) && !DicomReader.isRecognisable(head);
    }

    private static void add(String name, byte[] content, DicomSeries.Gatherer gatherer, Tab memory) {
        if (ZipFiles.isZip(content)) {
            ZipFiles.forEach(content, memory, (entry, bytes) -> gatherer.add(entry, bytes, Instant.EPOCH));
        } else {
            gatherer.add(name, content, Instant.EPOCH);
        }
    }

    private static UploadedImage nifti(UploadedFile file, Tab memory) {
        NiftiContent<Volume> nifti = file.read(in -> NiftiReader.volume(in, memory));
        return new UploadedImage(nifti.content(), LabelledImage.of(nifti.content().grid()), Laterality.UNTOLD,
                PatientMark.NONE,
                nifti.notice().stream().toList());
    }

    private static UploadedImage series(DicomSeries series, Tab memory) {
        memory.take(series.frames().stream().mapToLong(Frame::pixelBytes).sum());
        try {
            AssembledVolume volume = OneVolume.of(series.frames());
            return new UploadedImage(volume.volume(), LabelledImage.of(volume), Laterality.of(series.headers()),
                    PatientMark.of(series.headers()),
                    series.notices());
        } catch (DecodeException e) {
            throw new DecodeException("the pre-operative files: " + e.getMessage(), e);
        }
    }

    /**
     * @param image  that was labelled: a Segmentation is read onto its grid
     * @param known  the model's structures: what they are called is called so
     * @param wanted what the labels are, as the procedure says; empty: all that the file holds
     * @param memory pays for what is read and what is made of it
     * @throws DecodeException if the file is no label map of this image, or lacks a segment that is wanted
     */
    UploadedLabels labels(UploadedFile file, LabelledImage image, List<Structure> known,
            Optional<List<Structure>> wanted, Tab memory) {
        if (!DicomReader.isRecognisable(file.head())) {
            NiftiContent<LabelMap> map = file.read(in -> NiftiReader.labels(in, memory));
            return new UploadedLabels(wanted.map(w -> new GivenLabels(map.content(), w))
                    .orElseGet(() -> GivenLabels.of(map.content(), known)), Laterality.UNTOLD, List.of(),
                    map.notice().map("labels: "::concat).stream().toList());
        }
        DicomObject object = dicom.readObject(file.bytes(memory));
        memory.take(2L * image.grid().size());
        Segmentation segmentation = SegmentationReader.read(object, image);
        return new UploadedLabels(wanted.map(w -> GivenLabels.asAskedFor(segmentation, w))
                .orElseGet(() -> GivenLabels.of(segmentation, known)), Laterality.of(object),
                List.of(object.withoutPixelData()), List.of());
    }
}
