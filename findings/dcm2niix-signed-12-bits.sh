#!/usr/bin/env bash
# dcm2niix 1.0.20220720-1+deb12u1 (Debian bookworm): signed pixels of 12 bits stored in cells of 16, the upper four bits 0.
#
# Guess, written down before: the sign is bit 11 (High Bit), so -5 is read as -5, as vtk-dicom 0.8.14 reads it (PS3.5 8.1.1: bits above High Bit are no part of the value).
# Seen: 4091, exit code 0, no warning: the darkest voxel becomes the brightest.
#
# Fails if that changes. Needs Debian bookworm's dcm2niix, vtk-dicom-tools, python3-pydicom, python3-nibabel.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' dcm2niix)
[ "$version" = 1.0.20220720-1+deb12u1 ] || { echo "dcm2niix is $version" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/finding.py" <<'PY'
import os, subprocess, sys
import nibabel, numpy as np
from pydicom.dataset import FileDataset, FileMetaDataset

work, MR = sys.argv[1], '1.2.840.10008.5.1.4.1.1.4'
os.makedirs(f'{work}/in')
for k in range(10):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = MR, f'1.2.826.0.1.{k + 1}'
    meta.TransferSyntaxUID, meta.ImplementationClassUID = '1.2.840.10008.1.2.1', '1.2.826.0.1.9'
    d = FileDataset(None, {}, file_meta=meta, preamble=b'\0' * 128)
    d.is_little_endian, d.is_implicit_VR = True, False
    d.SOPClassUID, d.SOPInstanceUID, d.StudyInstanceUID, d.SeriesInstanceUID = MR, f'1.2.826.0.1.{k + 1}', '1.2.826.0.1', '1.2.826.0.2'
    d.FrameOfReferenceUID, d.Modality, d.InstanceNumber, d.SeriesNumber = '1.2.826.0.3', 'MR', str(k + 1), '1'
    d.ImagePositionPatient, d.ImageOrientationPatient = ['0', '0', str(k)], ['1', '0', '0', '0', '1', '0']
    d.PixelSpacing, d.SliceThickness = ['1', '1'], '1'
    d.Rows, d.Columns, d.SamplesPerPixel, d.PhotometricInterpretation = 16, 16, 1, 'MONOCHROME2'
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 12, 11, 1
    pixels = np.full((16, 16), 100, '<i2')
    pixels[0, 0] = -5
    d.PixelData = (pixels & 0x0fff).astype('<u2').tobytes()
    d.save_as(f'{work}/in/{k:03d}', write_like_original=False)


def lowest_and_highest(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    values = np.asarray(nibabel.load(f'{work}/x.nii').dataobj)
    os.remove(f'{work}/x.nii')
    return int(values.min()), int(values.max())


dcm2niix = lowest_and_highest('dcm2niix', '-z', 'n', '-b', 'n', '-f', 'x', '-o', work, f'{work}/in')
vtk = lowest_and_highest('dicomtonifti', '-o', f'{work}/x.nii', f'{work}/in')
print(f'dcm2niix {dcm2niix}, vtk-dicom {vtk}; expected (-5, 100)')
sys.exit(0 if dcm2niix == (100, 4091) and vtk == (-5, 100) else 1)
PY
/usr/bin/python3 "$work/finding.py" "$work"
