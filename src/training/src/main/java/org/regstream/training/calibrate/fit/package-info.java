/** From cases to predictors and limits, each judged on patients that were held out. */
package org.regstream.training.calibrate.fit;
