#!/usr/bin/python3
"""live-series.py IMAGE FOLDER: a NIfTI image as the MR slices of one live volume, study 1.2.3, written by pydicom."""
import sys
from pathlib import Path

import nibabel
import numpy
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

MR = "1.2.840.10008.5.1.4.1.1.4"

image = nibabel.as_closest_canonical(nibabel.load(sys.argv[1]))
folder = Path(sys.argv[2])
folder.mkdir(exist_ok=True)
values = image.get_fdata()
stored = numpy.rint(values / values.max() * 4000).astype("<u2")
lps = numpy.diag([-1, -1, 1, 1]) @ image.affine
steps = [lps[:3, axis] for axis in range(3)]
spacing = [float(numpy.linalg.norm(step)) for step in steps]
series, space = generate_uid(), generate_uid()
for k in range(stored.shape[2]):
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    d.SOPClassUID, d.SOPInstanceUID, d.Modality = MR, generate_uid(), "MR"
    d.StudyInstanceUID, d.SeriesInstanceUID, d.FrameOfReferenceUID = "1.2.3", series, space
    d.PatientName, d.PatientID, d.InstanceNumber = "Newcomer", "1", k + 1
    d.StudyDate, d.AcquisitionDate, d.AcquisitionTime = "20200101", "20200101", "120000"
    d.ImagesInAcquisition = stored.shape[2]
    d.Rows, d.Columns = stored.shape[1], stored.shape[0]
    d.PixelSpacing, d.SliceThickness = [f"{spacing[1]:.6g}", f"{spacing[0]:.6g}"], f"{spacing[2]:.6g}"
    d.ImageOrientationPatient = [f"{v:.8g}" for v in [*(steps[0] / spacing[0]), *(steps[1] / spacing[1])]]
    d.ImagePositionPatient = [f"{v:.8g}" for v in lps[:3, 3] + k * steps[2]]
    d.SamplesPerPixel, d.PhotometricInterpretation = 1, "MONOCHROME2"
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 12, 11, 0
    d.PixelData = numpy.ascontiguousarray(stored[:, :, k].T).tobytes()
    d.is_little_endian, d.is_implicit_VR = True, False
    d.save_as(folder / f"{k:03}.dcm", write_like_original=False)
print(stored.shape[2], "slices")
