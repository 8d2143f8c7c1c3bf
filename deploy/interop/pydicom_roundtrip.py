#!/usr/bin/env python3
"""Reads a DICOM object with pydicom and the NIfTI image of the same result with nibabel, and compares them in patient space.

usage: pydicom_roundtrip.py OBJECT.dcm IMAGE.nii.gz

Segmentation (BINARY) or Label Map Segmentation against labels.nii.gz: every voxel, exactly.
Parametric Map against uncertainty.nii.gz (or another map): every value to 1 in 10^6; padding against NaN.
Deformable Spatial Registration against displacement.nii.gz: where the object (grid, then matrix) and the field (ITK: LPS mm) take
each voxel inside the grid of the object, to 1e-3 mm.
`./regstream register --dicom-out` writes both forms; run this with a Python that has pydicom, nibabel and numpy.

exit code: 0 they agree; 1 they do not; 2 bad usage; 77 a Python module is missing
"""
import sys

try:
    import nibabel
    import numpy
    import pydicom
except ImportError as missing:
    print(f"pydicom_roundtrip.py: {missing}", file=sys.stderr)
    sys.exit(77)

SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4"
LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"
PARAMETRIC_MAP = "1.2.840.10008.5.1.4.1.1.30"
DEFORMATION = "1.2.840.10008.5.1.4.1.1.66.3"
RELATIVE = 1e-6
MILLIMETRES = 1e-3
ON_CENTRE = 0.01
RAS_TO_LPS = numpy.diag([-1.0, -1.0, 1.0, 1.0])


def numbers(values):
    return numpy.array([float(v) for v in values])


class Image:
    """A NIfTI image, looked up by LPS position; its voxel axes are (i, j, k)."""

    def __init__(self, path):
        image = nibabel.load(path)
        self.values = numpy.asanyarray(image.dataobj)
        self.to_lps = RAS_TO_LPS @ image.affine
        self.to_index = numpy.linalg.inv(self.to_lps)

    def index(self, lps):
        """Voxels at these positions, which must be voxel centres."""
        at = (self.to_index @ numpy.c_[lps, numpy.ones(len(lps))].T).T[:, :3]
        whole = numpy.rint(at).astype(int)
        if numpy.abs(at - whole).max() > ON_CENTRE:
            raise SystemExit(f"positions lie up to {numpy.abs(at - whole).max():.3f} voxels beside those of the image")
        return whole

    def inside(self, index):
        return ((index >= 0) & (index < self.values.shape[:3])).all(axis=1)

    def at(self, index):
        return self.values[index[:, 0], index[:, 1], index[:, 2]]


def frames(dataset):
    """Yields groups, pixels and the LPS position of each pixel's centre, frame after frame (PS3.3 C.7.6.2.1.1)."""
    shared = dataset.SharedFunctionalGroupsSequence[0]
    cosines = numbers(shared.PlaneOrientationSequence[0].ImageOrientationPatient)
    spacing = numbers(shared.PixelMeasuresSequence[0].PixelSpacing)
    rows, columns = numpy.mgrid[: dataset.Rows, : dataset.Columns].reshape(2, -1)
    steps = numpy.outer(columns * spacing[1], cosines[:3]) + numpy.outer(rows * spacing[0], cosines[3:])
    stack = dataset.pixel_array.reshape(-1, dataset.Rows * dataset.Columns)
    for groups, pixels in zip(dataset.PerFrameFunctionalGroupsSequence, stack):
        yield groups, pixels, numbers(groups.PlanePositionSequence[0].ImagePositionPatient) + steps


def compare_segmentation(dataset, image):
    # Segments are numbered in the order of the labels they were made of.
    labels = sorted(int(v) for v in numpy.unique(image.values) if v != 0)
    painted = numpy.zeros(image.values.shape[:3], dtype=int)
    for groups, pixels, lps in frames(dataset):
        segment = groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber
        if pixels.any():
            index = image.index(lps[pixels == 1])
            painted[index[:, 0], index[:, 1], index[:, 2]] = labels[segment - 1]
    return int((painted != image.values).sum()), f"{int((painted > 0).sum())} labelled voxels"


def compare_label_map(dataset, image):
    wrong = count = 0
    for _, pixels, lps in frames(dataset):
        wrong += int((image.at(image.index(lps)) != pixels).sum())
        count += len(pixels)
    return wrong + abs(count - image.values.size), f"{count} voxels"


def compare_map(dataset, image):
    mapping = dataset.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
    padding = getattr(dataset, "FloatPixelPaddingValue", None)
    wrong = count = 0
    for _, pixels, lps in frames(dataset):
        expected = image.at(image.index(lps))
        got = numpy.where(pixels == padding, numpy.nan,
                          pixels * mapping.RealWorldValueSlope + mapping.RealWorldValueIntercept)
        wrong += int((~numpy.isclose(got, expected, rtol=RELATIVE, atol=RELATIVE, equal_nan=True)).sum())
        count += len(pixels)
    unit = mapping.MeasurementUnitsCodeSequence[0]
    return wrong, f"{count} values in {unit.CodeValue} ({unit.CodingSchemeDesignator})"


def compare_deformation(dataset, image):
    item = next(i for i in dataset.DeformableRegistrationSequence if "DeformableRegistrationGridSequence" in i)
    grid = item.DeformableRegistrationGridSequence[0]
    columns, rows, planes = grid.GridDimensions
    cosines = numbers(grid.ImageOrientationPatient)
    axes = numpy.array([cosines[:3], cosines[3:], numpy.cross(cosines[:3], cosines[3:])])
    k, j, i = numpy.mgrid[:planes, :rows, :columns].reshape(3, -1)
    lps = numbers(grid.ImagePositionPatient) + (numpy.c_[i, j, k] * numbers(grid.GridResolution)) @ axes
    vectors = numpy.frombuffer(grid.VectorGridData, dtype="<f4").reshape(-1, 3)
    post = numbers(item.PostDeformationMatrixRegistrationSequence[0].FrameOfReferenceTransformationMatrix).reshape(4, 4)
    # On the image's own grid, which may be another than the object's.
    centres = numpy.moveaxis(numpy.indices(image.values.shape[:3]), 0, -1).reshape(-1, 3)
    positions = (image.to_lps @ numpy.c_[centres, numpy.ones(len(centres))].T).T[:, :3]
    expected = positions + image.values.reshape(-1, 3)
    step = numbers(grid.GridResolution)
    at = (positions - numbers(grid.ImagePositionPatient)) @ axes.T / step
    low = numpy.floor(at + 1e-6).astype(int)
    inside = ((low >= 0) & (low + 1 < (columns, rows, planes))).all(axis=1)
    part = at[inside] - low[inside]
    got = numpy.zeros((int(inside.sum()), 3))
    for corner in numpy.ndindex(2, 2, 2):
        weight = numpy.prod(numpy.where(corner, part, 1 - part), axis=1)
        c = low[inside] + corner
        got += weight[:, None] * vectors[(c[:, 2] * rows + c[:, 1]) * columns + c[:, 0]]
    if not len(got):
        return 1, f"none of the image's voxels lies inside the grid of {columns} x {rows} x {planes}"
    reached = numpy.c_[positions[inside] + got, numpy.ones(len(got))] @ post.T
    apart = numpy.linalg.norm(reached[:, :3] - expected[inside], axis=1)
    return int((apart > MILLIMETRES).sum()), f"{len(got)} vectors, at most {apart.max():.2g} mm apart"


COMPARISONS = {SEGMENTATION: compare_segmentation, LABEL_MAP: compare_label_map, PARAMETRIC_MAP: compare_map,
               DEFORMATION: compare_deformation}


def main():
    if "--help" in sys.argv:
        print(__doc__)
        return 0
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    dataset = pydicom.dcmread(sys.argv[1])
    compare = COMPARISONS.get(str(dataset.SOPClassUID))
    if compare is None:
        print(f"pydicom_roundtrip.py: {sys.argv[1]} is of class {dataset.SOPClassUID}, expected one of {', '.join(COMPARISONS)}",
              file=sys.stderr)
        return 2
    wrong, what = compare(dataset, Image(sys.argv[2]))
    print(f"{sys.argv[1]}: {what}, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
