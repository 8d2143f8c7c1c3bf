"""Prints what pydicom reads from one DICOM Parametric Map of 32-bit floats.

First line: unit <TAB> its scheme <TAB> quantity <TAB> its scheme. Then a line for each frame: position x <TAB> y <TAB> z <TAB> the
real-world value of each pixel, row after row.
"""
import sys

import numpy
import pydicom

dataset = pydicom.dcmread(sys.argv[1])
mapping = dataset.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence[0]
unit = mapping.MeasurementUnitsCodeSequence[0]
quantity = mapping.QuantityDefinitionSequence[0].ConceptCodeSequence[0]
print(unit.CodeValue, unit.CodingSchemeDesignator, quantity.CodeValue, quantity.CodingSchemeDesignator, sep="\t")
frames = dataset.pixel_array.reshape((-1, dataset.Rows, dataset.Columns))
frames = numpy.float32(mapping.RealWorldValueSlope) * frames + numpy.float32(mapping.RealWorldValueIntercept)
for groups, frame in zip(dataset.PerFrameFunctionalGroupsSequence, frames):
    position = groups.PlanePositionSequence[0].ImagePositionPatient
    print(*(float(p) for p in position), *(repr(float(v)) for v in frame.ravel()), sep="\t")
