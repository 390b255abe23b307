"""The door for programs: encounters in, assessments and graded answers out, under /api/v1."""
