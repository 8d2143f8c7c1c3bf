#!/usr/bin/env bash
# dcm2niix 1.0.20220720-1+deb12u1 (Debian bookworm): MR slices that are shifted sideways, each by the same amount.
#
# Guess, written down before: without an attribute that tells of a tilted gantry it writes one file, whose sform holds the shift, so that a bright voxel is where
# DICOM's formula puts it (PS3.3 C.7.6.2.1.1).
# Seen: one file, exit code 0, but its sform has right angles: in slice 20 of 30, shifted by 0.364 mm each, the voxel is 7.4 mm aside. With Modality CT and
# Gantry/Detector Tilt (0018,1120) the same pixels are right to 0.01 mm.
#
# Fails if that changes. Needs Debian bookworm's dcm2niix, python3-pydicom, python3-nibabel.
set -euo pipefail
version=$(dpkg-query -W -f '${Version}' dcm2niix)
[ "$version" = 1.0.20220720-1+deb12u1 ] || { echo "dcm2niix is $version" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/finding.py" <<'PY'
import glob, math, os, subprocess, sys
import nibabel, numpy as np
from pydicom.dataset import FileDataset, FileMetaDataset

work, step = sys.argv[1], np.array([0, math.tan(math.radians(20)), 1])
MR, CT = '1.2.840.10008.5.1.4.1.1.4', '1.2.840.10008.5.1.4.1.1.2'
origin, mark = np.array([-17., -22., -15.]), (20, 30, 10)


def off(modality, sop_class, tilt):
    folder = f'{work}/{modality}'
    os.makedirs(folder + '-out')
    os.makedirs(folder)
    for k in range(30):
        meta = FileMetaDataset()
        meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = sop_class, f'1.2.826.0.1.{k + 1}'
        meta.TransferSyntaxUID, meta.ImplementationClassUID = '1.2.840.10008.1.2.1', '1.2.826.0.1.9'
        d = FileDataset(None, {}, file_meta=meta, preamble=b'\0' * 128)
        d.is_little_endian, d.is_implicit_VR = True, False
        d.SOPClassUID, d.SOPInstanceUID, d.StudyInstanceUID, d.SeriesInstanceUID = sop_class, f'1.2.826.0.1.{k + 1}', '1.2.826.0.1', '1.2.826.0.2'
        d.FrameOfReferenceUID, d.Modality, d.InstanceNumber, d.SeriesNumber = '1.2.826.0.3', modality, str(k + 1), '1'
        d.ImagePositionPatient = [f'{v:.6f}' for v in origin + k * step]
        d.ImageOrientationPatient, d.PixelSpacing, d.SliceThickness = ['1', '0', '0', '0', '1', '0'], ['1', '1'], '1'
        if tilt:
            d.GantryDetectorTilt = tilt
        d.Rows, d.Columns, d.SamplesPerPixel, d.PhotometricInterpretation = 44, 35, 1, 'MONOCHROME2'
        d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 16, 15, 1
        pixels = np.full((44, 35), 100, '<i2')
        if k == mark[0]:
            pixels[mark[1:]] = 3000
        d.PixelData = pixels.tobytes()
        d.save_as(f'{folder}/{k:03d}', write_like_original=False)
    subprocess.run(['dcm2niix', '-z', 'n', '-b', 'n', '-f', 'x', '-o', folder + '-out', folder], check=True, stdout=subprocess.DEVNULL)
    image = nibabel.load(f'{folder}-out/x.nii')
    at = np.unravel_index(np.asarray(image.dataobj).argmax(), image.shape)
    seen = (np.diag([-1, -1, 1, 1]) @ image.affine @ [*at, 1])[:3]
    right = origin + mark[2] * np.array([1, 0, 0]) + mark[1] * np.array([0, 1, 0]) + mark[0] * step
    return len(glob.glob(folder + '-out/*.nii')), np.linalg.norm(seen - right)


mr, ct = off('MR', MR, None), off('CT', CT, '20')
print(f'MR: {mr[0]} file, off by {mr[1]:.2f} mm; CT with a tilt attribute: {ct[0]} files, off by {ct[1]:.2f} mm; expected 0 in both')
sys.exit(0 if mr[0] == 1 and 7 < mr[1] < 8 and ct[1] < 0.01 else 1)
PY
/usr/bin/python3 "$work/finding.py" "$work"
