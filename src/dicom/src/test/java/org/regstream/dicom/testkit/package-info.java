/** A made-up patient as DICOM series, for the tests of every module that reads them. */
package org.regstream.dicom.testkit;
