"""Prints what pydicom reads from one DICOM Segmentation: a line for each frame.

segment <TAB> position x <TAB> y <TAB> z <TAB> rows <TAB> columns <TAB> voxels set <TAB> SHA-256 of the frame, one byte a pixel
"""
import hashlib
import sys

import numpy
import pydicom

dataset = pydicom.dcmread(sys.argv[1])
pixels = dataset.pixel_array.reshape((-1, dataset.Rows, dataset.Columns)).astype(numpy.uint8)
for groups, frame in zip(dataset.PerFrameFunctionalGroupsSequence, pixels):
    segment = groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber
    position = groups.PlanePositionSequence[0].ImagePositionPatient
    digest = hashlib.sha256(numpy.ascontiguousarray(frame).tobytes()).hexdigest()
    print(segment, *(float(p) for p in position), *frame.shape, int(frame.sum()), digest, sep="\t")
