#!/usr/bin/python3
"""Makes a whole head of Debian's mricron-data as a pre-operative image and as live series, and compares what comes back with the truth.

    whole_head.py preoperative DIR COLUMNS ROWS SLICES         image.nii.gz and labels.nii.gz
    whole_head.py live DIR STUDY COLUMNS ROWS SLICES           a DICOM series of the head, turned by 8, 5, 12 degrees and moved by 14 mm
    whole_head.py dice SEGMENTATION COLUMNS ROWS SLICES        Dice of labels that were published for such a series
"""
import datetime
import pathlib
import sys

import nibabel
import numpy
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid
from scipy import ndimage

TEMPLATES = pathlib.Path("/usr/share/mricron/templates")
HIPPOCAMPUS = 37  # of aal
TURN = numpy.radians([8, 5, 12])
SHIFT = numpy.array([8.0, -6.0, 10.0])
SEED = 1


def load(name):
    image = nibabel.as_closest_canonical(nibabel.load(TEMPLATES / name))
    return numpy.asarray(image.dataobj), image.affine


def structures(aal):
    labels = numpy.where(aal == HIPPOCAMPUS, 1, 0).astype(numpy.uint8)
    middle = int(numpy.median(numpy.nonzero(labels)[1]))
    labels[:, :middle] *= 2
    return labels


def grid(affine, shape, voxels):
    """As many voxels as are asked for over the extent of the head."""
    extent = numpy.abs(numpy.diag(affine)[:3]) * shape
    spacing = extent / voxels
    new = affine.copy()
    new[:3, :3] = numpy.diag(spacing)
    new[:3, 3] = affine[:3, 3] - numpy.diag(affine)[:3] / 2 + spacing / 2
    return new


def pose(centre):
    """From the live patient's places to the pre-operative ones, RAS mm."""
    x, y, z = TURN
    cos, sin = numpy.cos, numpy.sin
    rx = numpy.array([[1, 0, 0], [0, cos(x), -sin(x)], [0, sin(x), cos(x)]])
    ry = numpy.array([[cos(y), 0, sin(y)], [0, 1, 0], [-sin(y), 0, cos(y)]])
    rz = numpy.array([[cos(z), -sin(z), 0], [sin(z), cos(z), 0], [0, 0, 1]])
    turned = numpy.eye(4)
    turned[:3, :3] = rz @ ry @ rx
    turned[:3, 3] = centre + SHIFT - turned[:3, :3] @ centre
    return turned


def sampled(values, affine, new, voxels, moved, order):
    step = numpy.linalg.inv(affine) @ moved @ new
    return ndimage.affine_transform(values, step[:3, :3], step[:3, 3], tuple(voxels), order=order, output=values.dtype)


def noisy(image, level):
    noise = numpy.random.default_rng(SEED)
    for k in range(image.shape[2]):
        plane = image[:, :, k] + noise.normal(0, level, image.shape[:2])
        image[:, :, k] = numpy.clip(plane, 0, 32767)
    return image


def head():
    image, affine = load("ch2.nii.gz")
    aal, other = load("aal.nii.gz")
    labels = structures(aal)
    if not numpy.allclose(affine, other):
        labels = sampled(labels, other, affine, image.shape, numpy.eye(4), 0)
    centre = (affine @ numpy.append((numpy.array(image.shape) - 1) / 2, 1))[:3]
    return image.astype(numpy.int16) * 10, labels, affine, centre


def write_preoperative(folder, voxels):
    image, labels, affine, _ = head()
    new = grid(affine, image.shape, voxels)
    fine = noisy(sampled(image, affine, new, voxels, numpy.eye(4), 1), 10)
    nibabel.save(nibabel.Nifti1Image(fine, new), folder / "image.nii.gz")
    nibabel.save(nibabel.Nifti1Image(sampled(labels, affine, new, voxels, numpy.eye(4), 0), new), folder / "labels.nii.gz")


def write_live(folder, study, voxels):
    image, _, affine, centre = head()
    new = grid(affine, image.shape, voxels)
    live = noisy((sampled(image, affine, new, voxels, pose(centre), 1) * 0.8).astype(numpy.int16), 30)
    spacing = numpy.diag(new)[:3]
    series, space, now = generate_uid(), generate_uid(), datetime.datetime.now()
    for k in range(voxels[2]):
        instance = generate_uid()
        meta = FileMetaDataset()
        meta.MediaStorageSOPClassUID = pydicom.uid.MRImageStorage
        meta.MediaStorageSOPInstanceUID = instance
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        d = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
        d.is_little_endian, d.is_implicit_VR = True, False
        d.SOPClassUID, d.SOPInstanceUID = meta.MediaStorageSOPClassUID, instance
        d.StudyInstanceUID, d.SeriesInstanceUID, d.FrameOfReferenceUID = study, series, space
        d.Modality, d.PatientID, d.PatientName = "MR", "head", "Made^Up"
        d.AcquisitionDate, d.AcquisitionTime = now.strftime("%Y%m%d"), now.strftime("%H%M%S.%f")
        d.InstanceNumber, d.ImagesInAcquisition = k + 1, voxels[2]
        # RAS axes as stored; DICOM's are LPS
        corner = new[:3, 3] + numpy.array([0, 0, k]) * spacing
        d.ImageOrientationPatient = [-1, 0, 0, 0, -1, 0]
        d.ImagePositionPatient = [f"{v:.6f}" for v in (-corner[0], -corner[1], corner[2])]
        d.PixelSpacing = [f"{spacing[1]:.8f}", f"{spacing[0]:.8f}"]
        d.SliceThickness = f"{spacing[2]:.8f}"
        d.Rows, d.Columns = voxels[1], voxels[0]
        d.SamplesPerPixel, d.PhotometricInterpretation, d.PixelRepresentation = 1, "MONOCHROME2", 1
        d.BitsAllocated, d.BitsStored, d.HighBit = 16, 16, 15
        d.PixelData = live[:, :, k].T.astype("<i2").tobytes()
        d.save_as(folder / f"{k:04d}.dcm", write_like_original=False)


def dice(file, voxels):
    _, labels, affine, centre = head()
    new = grid(affine, labels.shape, voxels)
    truth = sampled(labels, affine, new, voxels, pose(centre), 0)
    seg = pydicom.dcmread(file)
    names = {s.SegmentNumber: s.SegmentLabel for s in seg.SegmentSequence if s.SegmentNumber > 0}
    seen = numpy.zeros(truth.shape, numpy.uint8)
    frames = seg.pixel_array.reshape((-1, seg.Rows, seg.Columns))
    for frame, group in zip(frames, seg.PerFrameFunctionalGroupsSequence):
        at = group.PlanePositionSequence[0].ImagePositionPatient
        k = int(round((float(at[2]) - new[2, 3]) / new[2, 2]))
        if "SegmentIdentificationSequence" in group:
            seen[:, :, k][frame.T > 0] = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
        else:
            seen[:, :, k] = frame.T
    for label in names:
        both = ((seen == label) & (truth == label)).sum()
        print(f"{names[label]} {2 * both / ((seen == label).sum() + (truth == label).sum()):.3f}")


def main():
    what, where, *rest = sys.argv[1:]
    voxels = [int(n) for n in rest[-3:]]
    path = pathlib.Path(where)
    if what == "preoperative":
        write_preoperative(path, voxels)
    elif what == "live":
        write_live(path, rest[0], voxels)
    elif what == "dice":
        dice(path, voxels)
    else:
        sys.exit(__doc__)


main()
