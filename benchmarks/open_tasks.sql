-- A nation of open tasks, made in sets. Each unit has one member, so a task makes one reminder, the office only
-- stands in. One act a task, so that the families that ask for acts have something to look through.
-- Parameters: counties, tasks, per_county, each (every how many-th task is due), at, settings.
-- Table due_slot(no, anchor_on, rule, level, slot_on): the days about which a rule speaks today.
insert into county (id, code, name, standard, horizon_year, is_example, settings)
select n, lpad(n::text, 6, '0'), '示例县' || n, 'quality-2017', 2029, true, cast(:settings as json)
from generate_series(1, :counties) n;

insert into plan (county_id, id, title, goals, gaps, accepted_at, accepted_by)
select n, 1, '示例方案', '[]', '[]', :at, '示例' from generate_series(1, :counties) n;

insert into unit (county_id, id, name, aliases)
select n, u, '示例单位' || u, '[]' from generate_series(1, :counties) n, generate_series(1, 5) u;

insert into account (id, login, name, password_hash, is_enabled, created_at)
select n * 10 + u, 'u' || n * 10 + u, '示例', '', true, :at
from generate_series(1, :counties) n, generate_series(0, 5) u;

insert into membership (county_id, id, account_id, role, unit_id, version)
select n, u, n * 10 + u, case u when 0 then 'office' else 'unit' end, nullif(u, 0), 1
from generate_series(1, :counties) n, generate_series(0, 5) u;

insert into task (county_id, id, plan_id, title, details, lead_unit_id, person_name, weight, due_on, stated_due_on,
                  original_due_on, state, progress, latest_note, assigned_at, assigned_by_id, version)
select 1 + (n - 1) / :per_county, n, 1, '示例任务第' || n || '项', '', 1 + n % 5, '', 1, due_on, due_on, due_on,
       case n % 3 when 0 then 'assigned' else 'working' end, 0, '', cast(:at as timestamp) - interval '9 days', 10, 1
from generate_series(1, :tasks) n
left join due_slot on n % :each = 0 and no = (n / :each) % (select count(*) from due_slot)
cross join lateral (select coalesce(anchor_on, cast(cast(:at as timestamp) as date) + 100 + n % 1000) as due_on) as due;

insert into task_event (county_id, id, task_id, no, at, actor_id, actor_name, act, note, details, state)
select county_id, id, id, 1, assigned_at, assigned_by_id, '示例', 'assign', '', '{}', 'assigned' from task
