/** The {@link org.regstream.core.model.RegistrationModel} port and its manifest. */
package org.regstream.core.model;
