/** The Quarkus application: one command line, thin beans over plain core objects. */
package org.regstream.service;
