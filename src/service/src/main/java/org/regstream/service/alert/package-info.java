/** What outlives this process of a procedure's alerts, and what displays say that they show. */
package org.regstream.service.alert;
