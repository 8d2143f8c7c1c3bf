/** One patient before and after known motion: how near a package's fields come to it, and what becomes of the labels given. */
package org.regstream.training.patient;
