// A page of rows is a transaction of the target. Where an interrupted run stopped is what its rows say: each table has
// them in the order of their keys, without a gap.
#include "store/copy.hpp"

#include <chrono>
#include <filesystem>

#include "store/copy_failed.hpp"
#include "store/copy_page.hpp"
#include "store/copy_rows.hpp"
#include "store/copy_standing.hpp"
#include "store/copy_verify.hpp"
#include "store/dialect.hpp"
#include "store/postgres_runs.hpp"

namespace contactd::store {
namespace {

using Clock = std::chrono::steady_clock;

/// Runs it in a transaction of its own.
template <class Work>
void in_transaction(Connection& connection, Work&& work) {
  connection.begin_write();
  try {
    work();
    connection.commit();
  } catch (...) {
    roll_back(connection);
    throw;
  }
  connection.checkpoint_if_due(true);
}

void refuse_the_same(const CopyPlace& from, const CopyPlace& to) {
  std::error_code none;
  const bool both_embedded = !from.settings.postgres && !to.settings.postgres;
  const bool same_file =
      both_embedded && std::filesystem::equivalent(from.settings.sqlite.path, to.settings.sqlite.path, none);
  if (same_file || from.name == to.name) throw std::runtime_error("both ends of the copy are " + to.name);
}

class Copy {
 public:
  Copy(const CopyPlace& from, const CopyPlace& to, const CopyWishes& wishes, const CopyReport& report)
      : from_(from),
        to_(to),
        wishes_(wishes),
        report_(report),
        source_end_(with(from.name, [&] { return open_copy_source(from); })),
        target_end_(with(to.name, [&] { return open_copy_target(to); })),
        source_(source_end_->connection()),
        target_(target_end_->connection()) {}

  Copied run() {
    refuse_one_database();
    with(from_.name, [&] {
      source_end_->begin_read();
      state_ = source_state(source_, tables_);
    });
    with(to_.name, [&] { begin_as_owner(); });
    if (standing_ != CopyStanding::whole) bring_all();
    // What reads both does not know which of them is in trouble.
    with(from_.name + " or " + to_.name, [&] { verify(); });
    with(from_.name, [&] { refuse_if_changed(); });
    if (standing_ != CopyStanding::whole) {
      with(to_.name, [&] { write([&] { remove_mark(target_); }); });
    }
    sum_up();
    return std::move(copied_);
  }

 private:
  /// A transaction of the target, which nobody else writes to.
  template <class Work>
  void write(Work&& work) {
    target_end_->require_alone();
    in_transaction(target_, [&] {
      target_end_->wait_for_earlier_run();
      work();
    });
  }

  /// The names of one database are many.
  void refuse_one_database() {
    if (!with(from_.name + " or " + to_.name, [&] { return target_end_->is_store_of(source_); })) return;
    throw std::runtime_error(from_.name + " and " + to_.name + " are one and the same store");
  }

  void bring_all() {
    const auto began = Clock::now();
    for (const std::int64_t tenant : state_.tenants) copy_tenant(tenant);
    copied_.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    with(to_.name, [&] { derive(); });
  }

  /// The first that only the role may do which owns the store.
  void begin_as_owner() {
    try {
      begin();
    } catch (const StoreError& error) {
      const bool lacks_right = std::string_view(error.what()).find(" 42501") != std::string_view::npos;
      if (!target_.dialect().has_other_writers || !lacks_right) throw;
      throw std::runtime_error(to_.name + ": " + error.what() +
                               "; a copy takes the role that owns the store: name it with --owner-store");
    }
  }

  /// Marks an empty target and gives it the tables of the whole store; or recognises a target of this copy.
  void begin() {
    standing_ = standing_of(*target_end_, state_, tables_);
    switch (standing_) {
      case CopyStanding::empty:
        write([&] { begin_anew(); });
        done_ = copied_.rows_now = rows_of_the_store();
        return;
      case CopyStanding::begun:
        done_ = rows_of_the_store();
        return;
      case CopyStanding::whole:
        if (report_.on_progress) report_.on_progress("the target has all rows already");
        return;
      case CopyStanding::outdated:
        throw std::runtime_error(to_.name + " and " + from_.name +
                                 " were one store, and one of them was written to since; a copy needs an empty store");
      case CopyStanding::other:
        throw std::runtime_error(to_.name + " is an unfinished copy of another store, or of what " + from_.name +
                                 " was before it was written to; remove it and begin anew");
      case CopyStanding::taken:
        refuse_taken();
    }
  }

  [[noreturn]] void refuse_taken() const {
    throw std::runtime_error(to_.name + " holds contacts of its own; a copy needs an empty store");
  }

  void begin_anew() {
    target_end_->hold_tenants();
    if (!all_tenants(target_).empty()) refuse_taken();  // somebody has come since it was looked at
    mark_unfinished(target_, state_.fingerprint);
    target_.run("DELETE FROM derived_versions");  // search tables follow when all rows are there
    for (const CopiedTable& table : tables_) {
      if (table.is_of_tenants) continue;
      target_.run("DELETE FROM " + table.name);  // whoever opened the store before has made a secret
      RowWriter writer(target_, table, 0);
      CopyReader reader(source_, table, 0, wishes_.rows_at_once);
      with(from_.name, [&] { reader.next_page([&](const Row& row) { with(to_.name, [&] { writer.write(row); }); }); });
    }
    target_end_->note_tenants();
  }

  std::int64_t rows_of_the_store() const {
    std::int64_t rows = 0;
    for (const CopiedTable& table : tables_) {
      if (!table.is_of_tenants) rows += rows_of(table, 0);
    }
    return rows;
  }

  std::int64_t rows_of(const CopiedTable& table, std::int64_t tenant) const {
    const auto of_table = state_.rows.find(table.name);
    if (of_table == state_.rows.end()) return 0;
    const auto rows = of_table->second.find(tenant);
    return rows == of_table->second.end() ? 0 : rows->second;
  }

  void show_rows() const {
    if (report_.on_rows) report_.on_rows(static_cast<std::size_t>(done_), static_cast<std::size_t>(state_.all_rows));
  }

  void copy_tenant(std::int64_t tenant) {
    for (const CopiedTable& table : tables_) {
      if (!table.is_of_tenants) continue;
      CopyReader reader(source_, table, tenant, wishes_.rows_at_once);
      with(to_.name, [&] {
        write([&] {
          done_ += rows_there(target_, table, tenant);
          reader.begin_behind_newest_of(target_);
        });
      });
      while (copy_page(reader, table, tenant)) show_rows();
      show_rows();
    }
  }

  bool copy_page(CopyReader& reader, const CopiedTable& table, std::int64_t tenant) {
    CopiedPage page;
    const CopyReader::Position position = reader.position();
    const auto bring = [&](CopyWaits waits) {
      reader.go_back_to(position);
      with(to_.name, [&] {
        write([&] {
          target_.enter_tenant(tenant);
          page = bring_page({from_, to_, source_, target_, table, tenant}, reader, waits);
        });
      });
    };
    try {
      bring(CopyWaits::for_the_page);
    } catch (const CopyFailed& failed) {
      if (!failed.is_of_a_row) throw;
      bring(CopyWaits::for_each_row);  // to hear of which
    }
    done_ += page.rows;
    copied_.rows_now += page.rows;
    return page.has_more;
  }

  void derive() {
    for (const std::int64_t tenant : state_.tenants) {
      write([&] {
        for (const CountTable& table : count_tables()) make_counts(target_, table, tenant);
      });
    }
    if (report_.on_progress) report_.on_progress("making the search tables");
    target_end_->finish(report_.on_progress);
  }

  void verify() {
    std::int64_t verified = 0;
    target_end_->begin_read();
    try {
      verify_copy(source_, target_, state_, wishes_.rows_at_once, [&](std::int64_t rows) {
        verified += rows;
        if (report_.on_verified) {
          report_.on_verified(static_cast<std::size_t>(verified), static_cast<std::size_t>(state_.all_rows));
        }
      });
    } catch (const CopyDiffers&) {
      target_.rollback();
      if (standing_ != CopyStanding::whole) forget_search();  // it may have been made of the rows that differ
      throw;
    }
    target_.rollback();
  }

  void forget_search() {
    write([&] { target_.run("DELETE FROM derived_versions"); });
  }

  void refuse_if_changed() {
    source_.rollback();
    if (!source_end_->may_change()) return;
    source_end_->begin_read();
    const SourceState now = source_state(source_, tables_);
    source_.rollback();
    if (now.fingerprint == state_.fingerprint) return;
    throw std::runtime_error(from_.name + " was written to while it was copied, and " + to_.name +
                             " lacks what was written; stop what serves it, remove the copy and begin anew");
  }

  void sum_up() {
    copied_.tenants = static_cast<std::int64_t>(state_.tenants.size());
    copied_.rows = state_.all_rows;
    for (const CopiedTable& table : tables_) {
      Copied::Table& sum = copied_.tables.emplace_back(Copied::Table{table.name});
      for (const auto& [tenant, rows] : state_.rows[table.name]) sum.rows += rows;
    }
  }

  const CopyPlace& from_;
  const CopyPlace& to_;
  const CopyWishes& wishes_;
  const CopyReport& report_;
  const std::vector<CopiedTable> tables_ = copied_tables();
  std::unique_ptr<CopySource> source_end_;
  std::unique_ptr<CopyTarget> target_end_;
  Connection& source_;
  Connection& target_;
  SourceState state_;
  CopyStanding standing_ = CopyStanding::empty;  ///< Of the target, before this run.
  std::int64_t done_ = 0;
  Copied copied_;
};

}  // namespace

Copied copy_store(const CopyPlace& from, const CopyPlace& to, const CopyWishes& wishes, const CopyReport& report) {
  refuse_the_same(from, to);
  return Copy(from, to, wishes, report).run();
}

}  // namespace contactd::store
