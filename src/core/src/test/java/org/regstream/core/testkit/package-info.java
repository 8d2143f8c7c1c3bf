/** Seeded data, grids and outside programs for the tests of every module. */
package org.regstream.core.testkit;
