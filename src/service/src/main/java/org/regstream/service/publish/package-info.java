/** One short bean per sink. */
package org.regstream.service.publish;
