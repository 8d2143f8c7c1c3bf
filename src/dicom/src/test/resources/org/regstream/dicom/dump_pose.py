"""Prints where one DICOM Spatial Registration, as pydicom reads it, puts a point of another frame of reference.

Arguments: FILE FRAME_OF_REFERENCE X Y Z. Prints x <TAB> y <TAB> z in the registered space, by the equation of PS3.3 section C.20.2.1.1, then
the matrix' type.
"""
import sys

import numpy
import pydicom

dataset = pydicom.dcmread(sys.argv[1])
item = next(i for i in dataset.RegistrationSequence if i.FrameOfReferenceUID == sys.argv[2])
point = numpy.array([*map(float, sys.argv[3:6]), 1.0])
for step in item.MatrixRegistrationSequence[0].MatrixSequence:
    matrix = numpy.array([float(v) for v in step.FrameOfReferenceTransformationMatrix]).reshape(4, 4)
    point = matrix @ point
print(*point[:3], sep="\t")
print(step.FrameOfReferenceTransformationMatrixType)
