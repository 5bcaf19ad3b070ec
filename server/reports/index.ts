/** Every report: its root field here, its types below. A report is a file in schema/reports, one here, and a line in each list. */
export const reportQueries = {};

/** The types of the reports that need resolvers. */
export const reportTypes = {};
