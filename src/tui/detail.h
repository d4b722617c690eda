#ifndef SIGNALBOX_TUI_DETAIL_H
#define SIGNALBOX_TUI_DETAIL_H

#include "row.h"
#include "base/timestamp.h"
#include "text_view.h"

/*
 * Adds a record to what a text view holds: names in a column, times with their age beside them, json
 * pretty-printed and coloured, SQL (a column called `sql`) with its keywords coloured, long text wrapped, a
 * missing value as such. `now` is the wall clock.
 */
void detail_fill(TextView *view, const RowColumns *columns, const Row *row, Timestamp now);

#endif
