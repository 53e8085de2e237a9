"""What the county lacks, school by school, and which schools drive each spread."""
