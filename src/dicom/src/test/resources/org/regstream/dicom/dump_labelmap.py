"""Prints what pydicom reads from one DICOM Label Map Segmentation.

A line for each segment: number <TAB> label <TAB> property type <TAB> its scheme. Then a line for each frame: position x <TAB> y
<TAB> z <TAB> the value of each pixel, row after row.
"""
import sys

import pydicom

dataset = pydicom.dcmread(sys.argv[1])
for segment in dataset.SegmentSequence:
    kind = segment.SegmentedPropertyTypeCodeSequence[0]
    print(segment.SegmentNumber, segment.SegmentLabel, kind.CodeValue, kind.CodingSchemeDesignator, sep="\t")
frames = dataset.pixel_array.reshape((-1, dataset.Rows, dataset.Columns))
for groups, frame in zip(dataset.PerFrameFunctionalGroupsSequence, frames):
    position = groups.PlanePositionSequence[0].ImagePositionPatient
    print(*(float(p) for p in position), *(int(v) for v in frame.ravel()), sep="\t")
