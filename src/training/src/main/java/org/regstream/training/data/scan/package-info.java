/** What a scan does to the image of one and the same tissue. */
package org.regstream.training.data.scan;
