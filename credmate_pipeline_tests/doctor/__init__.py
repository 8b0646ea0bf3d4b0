"""The doctor, by breaking what it looks at; and two environments compared."""
