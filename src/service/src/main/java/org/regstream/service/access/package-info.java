/**
 * Who may do what over HTTP: one table of rules ({@link org.regstream.service.access.AccessRules}), the users' file, which names and
 * pages may call. Knows no endpoint; decision 0032.
 */
package org.regstream.service.access;
