#!/usr/bin/env python3
"""Reads files that other people's scanners and programs wrote by regstream and by other readers, and compares voxel for voxel in patient space.

usage: corpus.py [--work DIR] [--table FILE] FOLDER...

Every folder below FOLDER is looked through: DICOM instances of one series in one folder are one entry, each NIfTI file and each Segmentation is one.
regstream reads them as the product does (org.regstream.benchmarks.corpus.ReadCorpus, built if missing). Against it:
  pydicom    every slice of every image, at the place and with the values that the attributes say; each must be in exactly one of our volumes
  dcm2niix   its volumes, which must have our voxels in other order at most (installed, else left out)
  nibabel    NIfTI files
Prints a table of kinds and one of entries (--table writes it). DIR keeps what each made (default: a temporary folder).
Run with a Python that has pydicom 2, nibabel and numpy (Debian: python3-pydicom, python3-nibabel). No file of a corpus is ever committed.

exit code: 0 nobody disagrees (refusals do not count); 1 somebody does; 2 bad usage; 77 a Python module is missing
"""
import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

try:
    import nibabel
    import numpy as np
    import pydicom
    import pydicom.pixel_data_handlers.numpy_handler
    import pydicom.pixel_data_handlers.rle_handler
except ImportError as missing:
    print(f"corpus.py: {missing}", file=sys.stderr)
    sys.exit(77)

warnings.simplefilter("ignore")
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
pydicom.config.pixel_data_handlers = [pydicom.pixel_data_handlers.numpy_handler, pydicom.pixel_data_handlers.rle_handler]
ROOT = Path(__file__).resolve().parents[2]
SEGMENTATIONS = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7")
MM = 0.2  # as far as we let a slice stray from its stack when positions have one decimal
RAS_TO_LPS = np.diag([-1.0, -1.0, 1.0, 1.0])


# --- what there is

def entries(folders):
    """@return (name, files) of series, NIfTI files and Segmentations"""
    found = []
    for root in folders:
        series = collections.OrderedDict()
        for path in sorted(p for p in Path(root).rglob("*") if p.is_file() and not p.is_symlink()):
            where = str(path.relative_to(root.parent))
            if re.search(r"\.(nii|hdr)(\.gz)?$", path.name, re.I):
                found.append((where, "nifti", [path]))
            elif is_dicom(path):
                add_dicom(path, where, series, found)
        for (folder, uid), files in apart(series):
            name = str(folder.relative_to(root.parent))
            found.append((f"{name}/{files[0].name}" if len(files) == 1 else f"{name} {uid[-6:]}", "series", files))
    return found


def apart(series):
    """Test files are often one instance in many forms, each of which is an entry then."""
    for (folder, uid), named in series.items():
        if len({instance for instance, _ in named}) == len(named):
            yield (folder, uid), [file for _, file in named]
        else:
            yield from (((folder, uid + file.name), [file]) for _, file in named)


def is_dicom(path):
    head = path.open("rb").read(132)
    if head[128:] == b"DICM":
        return True
    if path.suffix.lower() not in ("", ".dcm", ".ima") or len(head) < 132:
        return False
    group, element = head[0] | head[1] << 8, head[2] | head[3] << 8
    return group in (2, 8) and element <= 0x20


def add_dicom(path, where, series, found):
    try:
        head = pydicom.dcmread(path, force=True, stop_before_pixels=True)
        sop_class, uid, instance = (str(head.get(name, "")) for name in ("SOPClassUID", "SeriesInstanceUID", "SOPInstanceUID"))
    except Exception:  # a damaged file is an entry too
        sop_class, uid, instance = "", where, ""
    if sop_class in SEGMENTATIONS:
        found.append((where, "seg", [path]))
    else:
        series.setdefault((path.parent, uid), []).append((instance, path))


def lay_out(found, work):
    """Links, so that each reader sees one entry alone. @return folder of what regstream reads"""
    ours = work / "entries"
    shutil.rmtree(ours, ignore_errors=True)
    ours.mkdir(parents=True)
    for n, (_, kind, files) in enumerate(found):
        if kind == "series":
            (ours / f"{n:04d}").mkdir()
            for m, file in enumerate(files):
                os.link(file, ours / f"{n:04d}" / f"{m:05d}") if same_disk(file, ours) else shutil.copy(file, ours / f"{n:04d}" / f"{m:05d}")
        elif kind == "seg":
            shutil.copy(file := files[0], ours / f"{n:04d}.seg")
        else:
            lay_out_nifti(files[0], ours, n)
    return ours


def same_disk(a, b):
    return os.stat(a).st_dev == os.stat(b).st_dev


def lay_out_nifti(file, ours, n):
    """The voxels of a pair go to a folder of their own, so that they are no entry: both halves are found by name."""
    suffix = re.search(r"\.(nii|hdr)", file.name, re.I).group(0).lower()
    if suffix == ".nii":
        shutil.copy(file, ours / f"{n:04d}.nii")
        return
    pair = ours.parent / "pairs" / f"{n:04d}"
    shutil.rmtree(pair, ignore_errors=True)
    pair.mkdir(parents=True)
    for half in file.parent.glob(file.name.split(".hdr")[0] + ".*"):
        if half.is_file():
            shutil.copy(half, pair)
    (ours / f"{n:04d}.hdr").symlink_to(pair / file.name)


def read_ours(ours, work):
    class_path = ROOT / "src/benchmarks/target/class-path"
    if not class_path.exists():
        subprocess.run([ROOT / "mvnw", "-q", "-B", "-DskipTests", "-pl", "src/benchmarks", "-am", "package"], cwd=ROOT, check=True)
    shutil.rmtree(work / "ours", ignore_errors=True)
    run = subprocess.run(["java", "-Xmx3g", "-cp", f"{ROOT}/src/benchmarks/target/classes:{class_path.read_text()}",
                          "org.regstream.benchmarks.corpus.ReadCorpus", ours, work / "ours"], stdout=subprocess.PIPE, text=True)
    if run.returncode:
        sys.exit("corpus.py: ReadCorpus ended with " + str(run.returncode))
    return {outcome["name"].split(".")[0]: outcome for outcome in map(json.loads, run.stdout.splitlines())}


# --- patient space

class Image:
    """Values [i, j, k] and where they are, LPS mm."""

    def __init__(self, values, to_lps):
        self.values, self.to_lps = values, to_lps

    @staticmethod
    def nifti(path):
        image = nibabel.load(path)
        return Image(np.asarray(image.dataobj), RAS_TO_LPS @ image.affine)


def turned(image, like):
    """@return the values of image in the order of like's axes; None if their voxel centres are not the same"""
    at = np.linalg.inv(image.to_lps) @ like.to_lps
    axes = np.rint(at[:3, :3]).astype(int)
    if not (np.abs(axes).sum(0) == 1).all() or not (np.abs(axes).sum(1) == 1).all():
        return None
    order = [int(np.abs(axes[:, column]).argmax()) for column in range(3)]
    values = image.values.transpose(order)
    signs = [axes[order[column], column] for column in range(3)]
    values = values[tuple(slice(None, None, int(s)) for s in signs)]
    if values.shape != like.values.shape:
        return None
    corner = np.array([0 if s > 0 else image.values.shape[order[c]] - 1 for c, s in enumerate(signs)])
    start = np.empty(3)
    start[order] = corner
    for place in np.array(np.meshgrid(*[(0, n - 1) for n in like.values.shape])).reshape(3, -1).T:
        theirs = np.empty(3)
        theirs[order] = place * signs
        far = (image.to_lps @ [*(start + theirs), 1] - like.to_lps @ [*place, 1])[:3]
        if np.linalg.norm(far) > MM:
            return None
    return values


def same_values(a, b):
    """The rounding of float32, of which both made theirs once."""
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        return bool((np.isclose(a, b, rtol=1e-6, atol=1e-6 * max(1.0, float(np.nanmax(np.abs(b), initial=0)))) | np.isnan(a) | (a == b)).all())


# --- the others

def slices_of(files):
    """@return one item a frame: position of its first voxel, steps along columns and rows, values [row, column]; by pydicom and the standard's formula"""
    found = []
    for file in files:
        d = pydicom.dcmread(file, force=True)
        if "Rows" not in d or "PixelData" not in d:
            continue
        if not hasattr(d.file_meta if hasattr(d, "file_meta") else None, "TransferSyntaxUID"):
            d.file_meta = getattr(d, "file_meta", pydicom.dataset.FileMetaDataset())
            d.file_meta.TransferSyntaxUID = pydicom.uid.ImplicitVRLittleEndian if d.is_implicit_VR else pydicom.uid.ExplicitVRLittleEndian
        pixels = d.pixel_array
        frames = int(d.get("NumberOfFrames", 1) or 1)
        pixels = pixels.reshape(frames, *pixels.shape[-2:])
        for n in range(frames):
            found.append(place_of(d, n) + (rescaled(d, n, pixels[n]),))
    return found


def group(d, n, name):
    for holder in ([d.PerFrameFunctionalGroupsSequence[n]] if "PerFrameFunctionalGroupsSequence" in d else []) + list(
            d.get("SharedFunctionalGroupsSequence", None) or []):
        if holder.get(name):
            return holder.get(name)[0]
    return d


def place_of(d, n):
    position = np.array([float(v) for v in group(d, n, "PlanePositionSequence").ImagePositionPatient])
    cosines = np.array([float(v) for v in group(d, n, "PlaneOrientationSequence").ImageOrientationPatient])
    spacing = [float(v) for v in group(d, n, "PixelMeasuresSequence").PixelSpacing]
    return position, cosines[:3] * spacing[1], cosines[3:] * spacing[0]


def rescaled(d, n, pixels):
    holder = group(d, n, "PixelValueTransformationSequence")
    slope, intercept = float(holder.get("RescaleSlope", 1) or 1), float(holder.get("RescaleIntercept", 0) or 0)
    return pixels * slope + intercept


def by_pydicom(files, volumes):
    """@return what it says: agrees, or how not"""
    try:
        theirs = slices_of(files)
    except Exception as e:
        return f"does not read it ({type(e).__name__})"
    used = 0
    for volume in volumes:
        for k in range(volume.values.shape[2]):
            match = [s for s in theirs if lies_at(s, volume, k) and same_values(volume.values[:, :, k].T, s[3])]
            if not match:
                return f"DIFFERS at slice {k}"
            used += 1
    unused = len(theirs) - used
    return "agrees" if unused == 0 else f"agrees, {unused} slices more"


def lies_at(s, volume, k):
    if s[3].shape != volume.values.shape[1::-1]:
        return False
    for j in (0, s[3].shape[0] - 1):
        for i in (0, s[3].shape[1] - 1):
            if np.linalg.norm(s[0] + i * s[1] + j * s[2] - (volume.to_lps @ [i, j, k, 1])[:3]) > MM:
                return False
    return True


def by_dcm2niix(folder, out, volumes):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    run = subprocess.run(["dcm2niix", "-z", "n", "-b", "n", "-p", "n", "-f", "%s_%z_%n", "-o", out, folder], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                         errors="replace", timeout=300)
    made = [m for path in sorted(out.glob("*.nii")) for m in splits(path)]
    if not made:
        return f"makes nothing (exit {run.returncode})"
    agree = sum(any((t := turned(m, volume)) is not None and same_values(volume.values, t) for m in made) for volume in volumes)
    there = sum(any(turned(m, volume) is not None for m in made) for volume in volumes)
    shapes = " + ".join("x".join(map(str, m.values.shape)) for m in made[:3]) + (f" ... of {len(made)}" if len(made) > 3 else "")
    if volumes and agree == len(volumes):
        return "agrees" if len(made) == len(volumes) else f"agrees, makes {len(made)} volumes"
    return f"makes {shapes}" if not volumes else f"DIFFERS in {'values' if there == len(volumes) else 'place'} (makes {shapes})"


def splits(path):
    """Volumes of a file of up to 4 axes."""
    image = nibabel.load(path)
    values = np.asarray(image.dataobj)
    if values.dtype.names:
        return []
    values = values.reshape(*values.shape[:2], values.shape[2] if values.ndim > 2 else 1, -1)
    return [Image(values[..., n], RAS_TO_LPS @ image.affine) for n in range(values.shape[3])]


def by_nibabel(path, volumes):
    try:
        theirs = Image.nifti(path)
    except Exception as e:
        return f"does not read it ({type(e).__name__})"
    if theirs.values.dtype.names:
        return "reads colours"
    if not volumes:
        return "reads " + "x".join(map(str, theirs.values.shape))
    values = theirs.values.reshape([n for n in theirs.values.shape[:3]] + [1] * (3 - theirs.values.ndim)) if theirs.values.size == \
        volumes[0].values.size else theirs.values
    got = turned(Image(values, theirs.to_lps), volumes[0]) if values.ndim == 3 else None
    return "DIFFERS in place" if got is None else "agrees" if same_values(volumes[0].values, got) else "DIFFERS in values"


def segments_by_pydicom(path, volumes):
    """Each labelled voxel of each frame against the label there; nothing else may be labelled."""
    try:
        d = pydicom.dcmread(path)
        pixels = d.pixel_array.reshape(-1, d.Rows, d.Columns)
    except Exception as e:
        return f"does not read it ({type(e).__name__})"
    if not volumes:
        return f"reads {len(pixels)} frames"
    volume, seen = volumes[0], np.zeros(volumes[0].values.shape, int)
    for n, frame in enumerate(pixels):
        position = np.array([float(v) for v in group(d, n, "PlanePositionSequence").ImagePositionPatient])
        k = int(round((np.linalg.inv(volume.to_lps) @ [*position, 1])[2]))
        number = 1 if d.SOPClassUID == SEGMENTATIONS[1] else int(group(d, n, "SegmentIdentificationSequence").ReferencedSegmentNumber)
        if np.linalg.norm((volume.to_lps @ [0, 0, k, 1])[:3] - position) > MM or not 0 <= k < seen.shape[2]:
            return f"DIFFERS in the place of frame {n}"
        seen[:, :, k] = np.maximum(seen[:, :, k], frame.T * number)
    return "agrees" if (seen == volume.values).all() else "DIFFERS in values"


# --- the table

def judge(n, kind, files, outcome, work):
    """@return words of each reader"""
    volumes = [Image.nifti(v) for v in outcome["volumes"]]
    if kind == "nifti":
        return {"nibabel": by_nibabel(files[0], volumes)}
    if kind == "seg":
        return {"pydicom": segments_by_pydicom(files[0], volumes)}
    words = {"pydicom": by_pydicom(files, volumes)} if volumes else {}
    if shutil.which("dcm2niix"):
        words["dcm2niix"] = by_dcm2niix(work / "entries" / f"{n:04d}", work / "dcm2niix" / f"{n:04d}", volumes)
    return words


def said(outcome):
    shapes = collections.Counter("x".join(map(str, nibabel.load(v).shape)) for v in outcome["volumes"])
    read = ", ".join(shape if count == 1 else f"{count} of {shape}" for shape, count in shapes.items())
    return "; ".join(filter(None, [read, *("refused: " + r for r in shorter(outcome["refused"]))]))


def shorter(reasons):
    """Without the names of files, which are those of links, and of repeats."""
    return list(dict.fromkeys(re.sub(r"\S*/entries/\S*?: ", "", re.sub(r"\d+(\.\d+){5,}", "UID", r))[:160] for r in reasons))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument("--work", type=Path)
    arguments.add_argument("--table", type=Path)
    given = arguments.parse_args()
    work = given.work or Path(tempfile.mkdtemp(prefix="corpus"))
    found = entries([folder.resolve() for folder in given.folders])
    outcomes = read_ours(lay_out(found, work), work)
    kinds, rows, differ = collections.Counter(), [], 0
    for n, (name, kind, files) in enumerate(found):
        outcome = outcomes[f"{n:04d}"]
        words = judge(n, kind, files, outcome, work)
        differ += any("DIFFERS" in w for w in words.values())
        how = "refused" if not outcome["volumes"] else "single slice" if "too-few-slices" in str(outcome["refused"]) else \
            "partly" if outcome["refused"] else "read"
        against = "differs" if any("DIFFERS" in w for w in words.values()) else \
            "agrees" if any(w.startswith("agrees") for w in words.values()) else "alone" if outcome["volumes"] else ""
        kinds[kind, how, against] += 1
        rows.append(f"| {name} | {len(files)} | {said(outcome)} | {'; '.join(f'{who} {w}' for who, w in words.items())} |")
        print(rows[-1], flush=True)
    table = ["| kind | ours | against others | entries |", "|---|---|---|---|"] + [
        f"| {k} | {h} | {a} | {c} |" for (k, h, a), c in sorted(kinds.items())] + ["", "| entry | files | ours | others |", "|---|---|---|---|"] + rows
    print("\n".join(table[:table.index("")]))
    if given.table:
        given.table.write_text("\n".join(table) + "\n")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
