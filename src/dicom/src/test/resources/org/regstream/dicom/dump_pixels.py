"""Prints, for each DICOM file given, what pydicom reads from it: one line of tab-separated fields.

ok <TAB> path <TAB> rows <TAB> columns <TAB> frames <TAB> SHA-256 of the stored values as little endian 64-bit integers
no <TAB> path <TAB> reason
"""
import hashlib
import sys
import warnings

import numpy
import pydicom

warnings.simplefilter("ignore")
for path in sys.argv[1:]:
    try:
        pixels = pydicom.dcmread(path, force=True).pixel_array
        frames = pixels.reshape((-1,) + pixels.shape[-2:])
        digest = hashlib.sha256(numpy.ascontiguousarray(frames, dtype="<i8").tobytes()).hexdigest()
        print("ok", path, frames.shape[1], frames.shape[2], frames.shape[0], digest, sep="\t")
    except Exception as reason:
        print("no", path, type(reason).__name__, sep="\t")
