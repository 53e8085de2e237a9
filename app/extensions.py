"""Extensions, made once and bound to an app by the factory."""

from flask_babel import Babel
from flask_htmx import HTMX
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect

from app.tenancy import CountySession
from plans.base import Base

db = SQLAlchemy(model_class=Base, session_options={"class_": CountySession})
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()
htmx = HTMX()
talisman = Talisman()
