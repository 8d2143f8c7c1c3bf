"""Holds DICOM Label Map Segmentations, as pydicom reads them, against PS3.3 of 2024d: tables A.51-1, A.51-2, C.8.20-2, C.8.20-4.

usage: check_labelmap.py OBJECT...

Prints a line for each rule that an object breaks: file name <TAB> rule. Then a line for each object: file name <TAB> segments <TAB>
frames <TAB> pixels.
"""
import os
import sys

import numpy
import pydicom

LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"
REFERENCED_SEGMENT_NUMBER = 0x0062000B
PLANES = ("PixelMeasuresSequence", "PlaneOrientationSequence", "PlanePositionSequence", "DerivationImageSequence")
PALETTE = ("RedPaletteColorLookupTableDescriptor", "GreenPaletteColorLookupTableDescriptor",
           "BluePaletteColorLookupTableDescriptor", "ICCProfile")


def one_code(segment, name):
    items = getattr(segment, name, [])
    return len(items) == 1 and all(getattr(items[0], part, "") != ""
                                   for part in ("CodeValue", "CodingSchemeDesignator", "CodeMeaning"))


def class_and_type(ds):
    yield "class", ds.SOPClassUID == LABEL_MAP and ds.file_meta.MediaStorageSOPClassUID == LABEL_MAP
    yield "modality SEG", ds.Modality == "SEG"
    yield "image type", list(ds.ImageType) == ["DERIVED", "PRIMARY"]
    yield "segmentation type", ds.SegmentationType == "LABELMAP"
    yield "nothing fractional", "SegmentationFractionalType" not in ds and "MaximumFractionalValue" not in ds
    yield "segments overlap", getattr(ds, "SegmentsOverlap", "NO") == "NO"
    yield "content identification", all(str(getattr(ds, name, "")) for name in ("InstanceNumber", "ContentLabel")) \
        and "ContentDescription" in ds and "ContentCreatorName" in ds
    yield "frame of reference", bool(getattr(ds, "FrameOfReferenceUID", ""))
    yield "referenced series", len(getattr(ds, "ReferencedSeriesSequence", [])) > 0


def image(ds):
    palette = [name for name in PALETTE if name in ds]
    yield "one sample", ds.SamplesPerPixel == 1 and ds.PixelRepresentation == 0
    yield "photometric interpretation", ds.PhotometricInterpretation in ("MONOCHROME2", "PALETTE COLOR")
    yield "palette", len(palette) == (len(PALETTE) if ds.PhotometricInterpretation == "PALETTE COLOR" else 0)
    yield "bits", ds.BitsAllocated in (8, 16) and ds.BitsStored == ds.BitsAllocated and ds.HighBit == ds.BitsStored - 1
    size = ds.NumberOfFrames * ds.Rows * ds.Columns * ds.BitsAllocated // 8
    yield "length of the pixels", len(ds.PixelData) == size + size % 2
    lossy = getattr(ds, "LossyImageCompression", "")
    yield "lossy compression", lossy == "00" \
        or lossy == "01" and "LossyImageCompressionRatio" in ds and "LossyImageCompressionMethod" in ds


def segments(ds):
    numbers = [segment.SegmentNumber for segment in ds.SegmentSequence]
    yield "segments", len(numbers) > 0 and len(set(numbers)) == len(numbers)
    yield "segment numbers", all(0 <= number < 2 ** ds.BitsStored for number in numbers)
    for s in ds.SegmentSequence:
        yield f"label of segment {s.SegmentNumber}", bool(s.SegmentLabel)
        yield f"algorithm of segment {s.SegmentNumber}", s.SegmentAlgorithmType == "MANUAL" \
            or s.SegmentAlgorithmType in ("AUTOMATIC", "SEMIAUTOMATIC") and bool(getattr(s, "SegmentAlgorithmName", ""))
        yield f"codes of segment {s.SegmentNumber}", one_code(s, "SegmentedPropertyCategoryCodeSequence") \
            and one_code(s, "SegmentedPropertyTypeCodeSequence")
        colour = getattr(s, "RecommendedDisplayCIELabValue", None)
        yield f"colour of segment {s.SegmentNumber}", colour is None \
            or len(colour) == 3 and ds.PhotometricInterpretation != "PALETTE COLOR"


def pixels(ds):
    described = {segment.SegmentNumber: segment for segment in ds.SegmentSequence}
    values = set(int(value) for value in numpy.unique(ds.pixel_array))
    yield f"pixels of no segment: {sorted(values - set(described))}", values <= set(described)
    if "PixelPaddingValue" in ds:
        background = described.get(ds.PixelPaddingValue)
        yield "padding is the background", background is not None \
            and background.SegmentedPropertyTypeCodeSequence[0].CodeValue == "125040"


def groups(ds):
    shared, frames = ds.SharedFunctionalGroupsSequence[0], ds.PerFrameFunctionalGroupsSequence
    yield "groups of each frame", len(frames) == ds.NumberOfFrames
    yield "no segmentation group", not any("SegmentIdentificationSequence" in item for item in [shared, *frames])
    for name in PLANES:
        yield name, (name in shared, sum(name in frame for frame in frames)) in ((True, 0), (False, len(frames)))
    pointers = [item.DimensionIndexPointer for item in ds.DimensionIndexSequence]
    yield "dimensions", len(pointers) > 0 and REFERENCED_SEGMENT_NUMBER not in pointers
    yield "frame content", "FrameContentSequence" not in shared and all(
        frame.FrameContentSequence[0]["DimensionIndexValues"].VM == len(pointers) for frame in frames)


for path in sys.argv[1:]:
    name, ds = os.path.basename(path), pydicom.dcmread(path)
    for check in (class_and_type, image, segments, pixels, groups):
        for rule, holds in check(ds):
            if not holds:
                print(name, rule, sep="\t")
    print(name, len(ds.SegmentSequence), ds.NumberOfFrames, ds.pixel_array.size, sep="\t")
