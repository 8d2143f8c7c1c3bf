"""Prints where one DICOM Deformable Spatial Registration, as pydicom reads it, leads each point of its grid.

A line for each vector, in stored order: x <TAB> y <TAB> z of the grid point in the registered space <TAB> x <TAB> y <TAB> z in the
source space, by the equation of PS3.3 section C.20.3.1.1.
"""
import sys

import numpy
import pydicom


def matrix(sequence):
    return numpy.array([float(v) for v in sequence[0].FrameOfReferenceTransformationMatrix]).reshape(4, 4)


dataset = pydicom.dcmread(sys.argv[1])
item = next(i for i in dataset.DeformableRegistrationSequence if "DeformableRegistrationGridSequence" in i)
grid = item.DeformableRegistrationGridSequence[0]
pre = matrix(item.PreDeformationMatrixRegistrationSequence)
post = matrix(item.PostDeformationMatrixRegistrationSequence)
columns, rows, planes = grid.GridDimensions
vectors = numpy.frombuffer(grid.VectorGridData, dtype="<f4").reshape(planes, rows, columns, 3)
row = numpy.array([float(v) for v in grid.ImageOrientationPatient[:3]])
column = numpy.array([float(v) for v in grid.ImageOrientationPatient[3:]])
start = numpy.array([float(v) for v in grid.ImagePositionPatient])
axes = [direction * step for direction, step in zip((row, column, numpy.cross(row, column)), grid.GridResolution)]
for k, j, i in numpy.ndindex(planes, rows, columns):
    point = start + i * axes[0] + j * axes[1] + k * axes[2]
    moved = (pre @ [*point, 1])[:3] + vectors[k, j, i]
    print(*point, *(post @ [*moved, 1])[:3], sep="\t")
