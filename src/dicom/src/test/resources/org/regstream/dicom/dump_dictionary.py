"""Prints, for each tag given as eight hexadecimal digits, the keyword and value representation pydicom's dictionary has."""
import sys

from pydicom.datadict import dictionary_keyword, dictionary_VR

for tag in sys.argv[1:]:
    print(tag, dictionary_keyword(int(tag, 16)), dictionary_VR(int(tag, 16)), sep="\t")
