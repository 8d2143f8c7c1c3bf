/** A first look on one machine: a patient that breathes, a scanner that sends, a display that subscribes. */
package org.regstream.demo;
